package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.PolicyDocuments;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;

/** Checks of one endpoint, its role and its policy against what the type makes of its settings. */
final class EndpointChecks {

  private static final Set<String> UNDER_WAY = Set.of("creating", "modifying", "deleting");

  private final CheckContext context;
  private final FixCommands fix;
  private final FoundEndpoint found;
  private final String arn;
  private final CheckTarget target;

  private EndpointChecks(CheckContext context, FoundEndpoint found) {
    this.context = context;
    this.fix = context.fix();
    this.found = found;
    this.arn = found.endpoint().endpointArn();
    this.target =
        new CheckTarget(
            found.mark(OwnershipTags.ENVIRONMENT).orElse(null),
            "endpoint " + found.endpoint().endpointIdentifier());
  }

  /** Reports the DMS accounts whose endpoints can't be listed. */
  static List<Finding> lists(CheckContext context) {
    return context.inventory().failures();
  }

  static List<Finding> endpoints(CheckContext context) {
    return context.inventory().chosen().stream()
        .flatMap(found -> new EndpointChecks(context, found).findings().stream())
        .toList();
  }

  private List<Finding> findings() {
    if (UNDER_WAY.contains(found.status())) {
      target.unknown(
          "not checked: it is %s; run the doctor again when that is over"
              .formatted(found.status()));
      return target.findings();
    }
    checkEndpoint();
    if (found.ownRole().isPresent()) {
      target.attempt(t -> new AccessChecks(found.ownRole().get()).run());
    } else {
      target.unknown(
          "its role was not made by the type, and is not looked at: %s"
              .formatted(found.serviceRole().orElse("none")));
    }
    if (!target.hasFindings()) {
      target.ok(found.status() + "; role, trust, boundary and policy are whole");
    }
    return target.findings();
  }

  private void checkEndpoint() {
    if (!found.status().equals("active")) {
      target.broken("its status is " + found.status(), fix.update(arn));
    } else if (found.isUnfinished()) {
      target.broken("its external id was never learned", fix.update(arn));
    }
    if (!OwnershipTags.match(found.tags(), arn)) {
      target.broken(
          "it does not carry the ownership tag, so that the type leaves it alone",
          fix.tagEndpoint(arn, EndpointNames.accountOf(arn)));
    }
    found
        .mark(OwnershipTags.ENVIRONMENT)
        .filter(name -> context.environments().find(name).isEmpty())
        .ifPresent(
            name ->
                target.broken(
                    "its environment %s is not in %s".formatted(name, fix.file()),
                    fix.setTypeConfiguration()));
  }

  /** Checks of the role and the policy of the endpoint. */
  private final class AccessChecks {

    private final String roleArn;
    private final String roleName;
    private final String account;
    private final Resource resource;

    private AccessChecks(String roleArn) {
      this.roleArn = roleArn;
      this.roleName = EndpointNames.lastPartOf(roleArn);
      this.account = EndpointNames.accountOf(roleArn);
      // The resource as the type's handlers see it, with the settings that DMS has.
      var model =
          new ResourceModel()
              .withEndpointArn(arn)
              .withS3Settings(found.actual().toModel(found.record()));
      this.resource = new ResourceFinder(context.operation(Action.READ, model)).of(arn, found);
    }

    private void run() {
      if (resource.roles().dataLakeRole().isEmpty()) {
        target.unknown("not checked: no environment reaches the account of its role " + roleArn);
        return;
      }
      var role = resource.dataLake().findRole(roleName);
      if (role.isEmpty()) {
        target.broken("its role %s is not there".formatted(roleArn), fix.update(arn));
        return;
      }
      checkRole(role.get());
      target.attempt(t -> checkPolicies());
      target.attempt(t -> checkInlinePolicies());
      if (!target.hasFindings()) {
        // Otherwise the role's permissions follow from what was found.
        target.attempt(t -> simulate());
      }
    }

    private IamClient iam() {
      return context.iam(resource.roles().dataLakeRoleArn(), found.mark(OwnershipTags.ENVIRONMENT));
    }

    private void checkRole(Role role) {
      if (Ownership.ofResource(resource).of(role) != Ownership.Verdict.OWNED) {
        target.broken(
            "its role %s does not carry its ownership tag, so that the type leaves it alone"
                .formatted(roleArn),
            FixCommands.tagIam("tag-role --role-name " + roleName, arn, account));
      }
      if (found.status().equals("active") && !found.isUnfinished()) {
        // Otherwise the external id is not known, or will change.
        checkTrust(DataLakeAccount.trustOf(role));
      }
      checkBoundary(role);
    }

    private void checkTrust(String trust) {
      var asked = TrustPolicy.externalIdIn(trust);
      var id = found.externalId().or(() -> asked);
      if (id.isPresent() && resource.trust().isFinished(trust, id.get())) {
        return;
      }
      var wrong =
          id.isEmpty()
              ? "asks for no external id"
              : asked.equals(id)
                  ? "is not what the type wrote"
                  : "does not ask for the endpoint's external id";
      target.broken(
          "the trust policy of its role %s %s".formatted(roleArn, wrong), fix.update(arn));
    }

    private void checkBoundary(Role role) {
      var wanted =
          found
              .mark(OwnershipTags.ENVIRONMENT)
              .flatMap(context.environments()::find)
              .map(Environment::getPermissionsBoundaryArn);
      if (wanted.isEmpty()) {
        return;
      }
      if (role.permissionsBoundary() == null) {
        target.broken("its role %s has no boundary".formatted(roleArn), fix.update(arn));
        return;
      }
      var held = role.permissionsBoundary().permissionsBoundaryArn();
      if (!wanted.get().equals(held)) {
        target.unknown(
            "its role has the boundary %s, which is not the environment's: the template may ask for it"
                .formatted(held));
      }
    }

    private void checkPolicies() {
      var attached =
          resource.dataLake().attachedPolicies(roleName).stream()
              .map(AttachedPolicy::policyArn)
              .toList();
      var own = attached.stream().filter(OwnershipTags::isOwnPath).findFirst();
      own.ifPresentOrElse(
          this::checkPolicy,
          () ->
              target.broken(
                  "its role %s has no policy of the type".formatted(roleArn), fix.update(arn)));
      attached.stream()
          .filter(policy -> !Optional.of(policy).equals(own))
          .forEach(
              policy ->
                  target.broken(
                      "policy %s was attached to its role by somebody else".formatted(policy),
                      FixCommands.iam(FixCommands.detach(roleName, policy), account)));
    }

    private void checkPolicy(String policyArn) {
      var policy = iam().getPolicy(r -> r.policyArn(policyArn)).policy();
      if (Ownership.ofResource(resource).of(policy) != Ownership.Verdict.OWNED) {
        target.broken(
            "its policy %s does not carry its ownership tag, so that the type leaves it alone"
                .formatted(policyArn),
            FixCommands.tagIam("tag-policy --policy-arn " + policyArn, arn, account));
      }
      var document =
          iam()
              .getPolicyVersion(r -> r.policyArn(policyArn).versionId(policy.defaultVersionId()))
              .policyVersion()
              .document();
      if (!resource.isPolicyDocument(PolicyDocuments.decoded(document))) {
        target.broken(
            "its policy %s does not say what the endpoint's settings ask for".formatted(policyArn),
            fix.update(arn));
      }
    }

    private void checkInlinePolicies() {
      iam().listRolePoliciesPaginator(r -> r.roleName(roleName)).policyNames().stream()
          .forEach(
              name ->
                  target.broken(
                      "its role has an inline policy %s of somebody else's".formatted(name),
                      FixCommands.iam(
                          "delete-role-policy --role-name %s --policy-name %s"
                              .formatted(roleName, name),
                          account)));
    }

    /** Simulates the role's policy: its boundary, or an SCP, may not allow it. */
    private void simulate() {
      var simulation =
          new PolicySimulation(iam(), roleArn).in(HandlerPermissions.regional(context.region()));
      requiredActions().forEach(simulation::simulate);
      if (!simulation.allowsAll()) {
        simulation.report(target, "", fix.dataLakeAccount(account, "BucketArns=ARNS"));
      }
    }

    /** Returns the actions of the policy, by resource. */
    private Map<String, Set<String>> requiredActions() {
      var actions = new LinkedHashMap<String, Set<String>>();
      for (var statement : Json.object(resource.policyDocument()).path("Statement")) {
        texts(statement.path("Resource"))
            .map(this::example)
            .forEach(
                example ->
                    texts(statement.path("Action"))
                        .forEach(actions.computeIfAbsent(example, e -> new TreeSet<>())::add));
      }
      return actions;
    }

    private static Stream<String> texts(JsonNode value) {
      var texts =
          value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
      return texts.map(JsonNode::asText);
    }

    /** Returns one of the resources that a pattern matches. */
    private String example(String pattern) {
      var parts = pattern.split(":", 6);
      if (parts[3].equals("*")) {
        parts[3] = context.region();
      }
      return String.join(":", parts).replace("*", "doctor");
    }
  }
}
