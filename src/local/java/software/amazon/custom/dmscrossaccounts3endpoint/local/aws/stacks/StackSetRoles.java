package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Service;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.sts.StsService;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.StackSet;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * As whom StackSets work in an account: with self-managed permissions as its execution role, which
 * the administration role assumes; with service-managed ones as an administrator (CloudFormation
 * User Guide, "Grant self-managed permissions").
 */
final class StackSetRoles {
  private static final String CLOUDFORMATION = "cloudformation.amazonaws.com";
  private static final String SERVICE_MANAGED = "stacksets-exec-0123456789abcdef";
  private static final String SESSION = "StackSets";

  private final World world;
  private final Map<String, Service> services;
  private final StsService sts;

  StackSetRoles(World world, Map<String, Service> services, StsService sts) {
    this.world = world;
    this.services = services;
    this.sts = sts;
  }

  /**
   * Who works in an account and Region.
   *
   * @throws AwsFault where one of the roles is not there or does not let the one before in
   */
  Caller in(Request origin, StackSet set, String account, String region) {
    var identity =
        set.isServiceManaged()
            ? sts.open(serviceManaged(account), SESSION, Duration.ofHours(1), List.of())
            : execution(origin, set, account, region);
    return new Caller(services, origin, identity, region);
  }

  private Identity execution(Request origin, StackSet set, String account, String region) {
    var administration =
        sts.open(administration(origin, set), SESSION, Duration.ofHours(1), List.of());
    var credentials =
        new Caller(services, origin, administration, region)
            .call(
                "sts",
                "AssumeRole",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("RoleArn", world.arns().role(account, "/", set.executionRoleName()))
                    .put("RoleSessionName", SESSION))
            .get("Credentials");
    return identity(
        credentials.get("AccessKeyId").asText(), credentials.get("SessionToken").asText());
  }

  /** The role that StackSets make in an account of an organization (User Guide, likewise). */
  private Role serviceManaged(String account) {
    var arn = world.arns().role(account, "/", SERVICE_MANAGED);
    if (world.roleNow(arn).isEmpty()) {
      var role =
          Role.builder()
              .name(SERVICE_MANAGED)
              .path("/")
              .id(world.ids().role())
              .arn(arn)
              .created(world.now())
              .maxSessionDuration(Role.DEFAULT_SESSION_DURATION)
              .tags(Map.of())
              .attached(List.of(world.arns().policy("aws", "/", "AdministratorAccess")))
              .inline(Map.of())
              .build();
      world.iam(account).put(world.now(), role);
    }
    return world.roleNow(arn).orElseThrow();
  }

  private Role administration(Request origin, StackSet set) {
    var keys =
        new ContextKeys()
            .with("aws:SourceAccount", origin.account())
            .with("aws:SourceArn", set.arn());
    return world
        .roleNow(set.administrationRole())
        .filter(
            role ->
                role.trustPolicy()
                        .decideFor(
                            p -> p.type().equals("Service") && p.value().equals(CLOUDFORMATION),
                            "sts:AssumeRole",
                            keys)
                    == PolicyDocument.Decision.ALLOWED)
        .orElseThrow(
            () ->
                new AwsFault(
                    "ValidationError",
                    400,
                    "CloudFormation can't assume the role " + set.administrationRole()));
  }

  private Identity identity(String accessKeyId, String token) {
    return world.accessKeys().find(accessKeyId, Optional.ofNullable(token), world.now()).identity();
  }
}
