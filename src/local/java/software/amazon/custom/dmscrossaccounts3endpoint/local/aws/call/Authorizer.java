package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyPrincipal;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Bucket;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Permissions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * Decides whether a caller may do what a call needs. Administrators may do everything in their
 * account; sessions may do what their role's policies, its boundary and the session's policies all
 * allow. Without {@code enforceIam} every caller may do everything.
 */
public final class Authorizer {
  private final World world;

  Authorizer(World world) {
    this.world = world;
  }

  /**
   * @throws AwsFault {@code AccessDenied} of query services, {@code AccessDeniedException} of DMS
   */
  void demand(Request request, String action, String resource, ContextKeys keys) {
    var caller = request.caller();
    if (!world.options().enforceIam() || caller.isAdministrator()) {
      return;
    }
    var context = new ContextKeys().and(principalKeys(caller)).and(keys);
    context.with("aws:RequestedRegion", request.region());
    var verdict =
        world
            .iam(caller.account())
            .roleByArn(caller.roleArn())
            .map(
                role ->
                    Permissions.of(world, caller.account(), role, caller.sessionPolicies())
                        .verdict(action, resource, context))
            .orElseGet(
                () ->
                    new Permissions.Verdict(
                        false,
                        false,
                        "because no identity-based policy allows the " + action + " action"));
    if (!verdict.allowed()) {
      throw denied(
          request.service(),
          "User: %s is not authorized to perform: %s on resource: %s %s"
              .formatted(caller.arn(), action, resource, verdict.because()));
    }
  }

  /**
   * For an object: the bucket's policy counts too, and a caller of another account needs both.
   *
   * @throws AwsFault as above
   */
  void demand(Request request, String action, Bucket bucket, String resource, ContextKeys more) {
    var caller = request.caller();
    if (!world.options().enforceIam()) {
      return;
    }
    var keys =
        principalKeys(caller)
            .with("aws:RequestedRegion", request.region())
            .with("aws:ResourceAccount", bucket.owner())
            .and(more);
    var byBucket =
        bucket
            .policyDocument()
            .map(p -> p.decideFor(principal -> lets(principal, caller), action, resource, keys))
            .orElse(PolicyDocument.Decision.SILENT);
    var own = bucket.owner().equals(caller.account());
    if (byBucket == PolicyDocument.Decision.DENIED
        || (!own && byBucket == PolicyDocument.Decision.SILENT)) {
      throw denied(
          request.service(),
          "User: %s is not authorized to perform: %s on resource: %s because no resource-based policy allows the %s action"
              .formatted(caller.arn(), action, resource, action));
    }
    if (!own || byBucket == PolicyDocument.Decision.SILENT) {
      demand(request, action, resource, keys);
    }
  }

  /** Whether a principal of a resource's policy means the caller, itself or by its account. */
  public boolean lets(PolicyPrincipal principal, Identity caller) {
    return principal.isAnyone()
        || isNamed(principal, caller)
        || (principal.type().equals("AWS")
            && (principal.value().equals(caller.account())
                || principal.value().equals(world.arns().root(caller.account()))));
  }

  public static boolean isNamed(PolicyPrincipal principal, Identity caller) {
    return principal.type().equals("AWS")
        && (principal.value().equals(caller.arn())
            || principal.value().equals(caller.principalArn()));
  }

  public static AwsFault denied(String service, String message) {
    return service.equals("dms")
        ? new AwsFault("AccessDeniedException", 400, message)
        : new AwsFault("AccessDenied", 403, message);
  }

  /** What conditions can ask about the caller. */
  public ContextKeys principalKeys(Identity caller) {
    var keys =
        new ContextKeys()
            .with("aws:PrincipalArn", caller.principalArn())
            .with("aws:PrincipalAccount", caller.account())
            .with("aws:PrincipalType", caller.isAdministrator() ? "User" : "AssumedRole")
            .with("aws:PrincipalIsAWSService", "false")
            .with("aws:userid", caller.userId())
            .with("aws:SecureTransport", "true")
            .with("aws:CurrentTime", world.now().toString())
            .with("aws:PrincipalOrgID", world.options().organizations().get(caller.account()))
            .with(
                "aws:PrincipalOrgPaths", world.options().organizationPaths().get(caller.account()));
    if (caller.roleArn() != null) {
      world
          .roleNow(caller.roleArn())
          .ifPresent(
              role ->
                  role.tags().forEach((key, value) -> keys.with("aws:PrincipalTag/" + key, value)));
    }
    return keys;
  }
}
