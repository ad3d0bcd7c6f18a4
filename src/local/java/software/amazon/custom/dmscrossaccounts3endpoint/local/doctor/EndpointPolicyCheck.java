package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.PolicyDocuments;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;

/**
 * Whether an endpoint's role has exactly the type's policy, and the policy says what the settings
 * of the endpoint and the options of its environment ask for.
 */
record EndpointPolicyCheck(InspectedEndpoint inspected) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = inspected.subject();
    var findings = new ArrayList<Finding>();
    findings.addAll(subject.look(this::managed));
    findings.addAll(subject.look(this::inline));
    return findings;
  }

  private List<Finding> managed() {
    if (inspected.resource().dataLake().findRole(inspected.roleName()).isEmpty()) {
      return List.of();
    }
    var attached =
        inspected.resource().dataLake().attachedPolicies(inspected.roleName()).stream()
            .map(AttachedPolicy::policyArn)
            .toList();
    var own = attached.stream().filter(OwnershipTags::isOwnPath).findFirst();
    var extra =
        attached.stream()
            .filter(arn -> own.filter(arn::equals).isEmpty())
            .map(
                arn ->
                    inspected
                        .subject()
                        .broken(
                            "policy %s was attached to its role by somebody else".formatted(arn),
                            inspected
                                .remedies()
                                .detach(inspected.roleName(), arn, inspected.account())));
    return Stream.concat(
            own.map(this::look)
                .orElseGet(
                    () ->
                        Stream.of(
                            inspected
                                .subject()
                                .broken(
                                    "its role %s has no policy of the type"
                                        .formatted(inspected.roleArn()),
                                    inspected.update()))),
            extra)
        .toList();
  }

  private Stream<Finding> look(String arn) {
    var iam = inspected.iam();
    var policy =
        AwsCalls.made(
                "iam:GetPolicy", inspected.reader(), () -> iam.getPolicy(r -> r.policyArn(arn)))
            .policy();
    return Stream.of(mark(policy), document(policy)).flatMap(Optional::stream);
  }

  private Optional<Finding> mark(Policy policy) {
    return Ownership.ofResource(inspected.resource()).of(policy) == Ownership.Verdict.OWNED
        ? Optional.empty()
        : Optional.of(
            inspected
                .subject()
                .broken(
                    "its policy %s does not carry its mark, so that the type leaves it alone"
                        .formatted(policy.arn()),
                    inspected
                        .remedies()
                        .markPolicy(policy.arn(), inspected.arn(), inspected.account())));
  }

  private Optional<Finding> document(Policy policy) {
    var iam = inspected.iam();
    var held =
        AwsCalls.made(
                "iam:GetPolicyVersion",
                inspected.reader(),
                () ->
                    iam.getPolicyVersion(
                        r -> r.policyArn(policy.arn()).versionId(policy.defaultVersionId())))
            .policyVersion()
            .document();
    return inspected.resource().isPolicyDocument(PolicyDocuments.decoded(held))
        ? Optional.empty()
        : Optional.of(
            inspected
                .subject()
                .broken(
                    "its policy %s does not say what the endpoint's settings ask for"
                        .formatted(policy.arn()),
                    inspected.update()));
  }

  private List<Finding> inline() {
    if (inspected.resource().dataLake().findRole(inspected.roleName()).isEmpty()) {
      return List.of();
    }
    var iam = inspected.iam();
    return AwsCalls.made(
            "iam:ListRolePolicies",
            inspected.reader(),
            () ->
                iam
                    .listRolePoliciesPaginator(r -> r.roleName(inspected.roleName()))
                    .policyNames()
                    .stream()
                    .toList())
        .stream()
        .map(
            name ->
                inspected
                    .subject()
                    .broken(
                        "its role has an inline policy %s of somebody else's".formatted(name),
                        inspected
                            .remedies()
                            .deleteInline(inspected.roleName(), name, inspected.account())))
        .toList();
  }
}
