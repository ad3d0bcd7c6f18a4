package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;

/** Whether an endpoint's role is there, marked, bounded, and trusts exactly its external id. */
record EndpointRoleCheck(InspectedEndpoint inspected) implements Check {

  @Override
  public List<Finding> findings() {
    return inspected.subject().look(this::look);
  }

  private List<Finding> look() {
    var role = inspected.resource().dataLake().findRole(inspected.roleName());
    return role.isEmpty()
        ? List.of(
            inspected
                .subject()
                .broken("its role %s is not there".formatted(inspected.roleArn()), update()))
        : Stream.of(mark(role.get()), trust(role.get()), boundary(role.get()))
            .flatMap(Optional::stream)
            .toList();
  }

  private Optional<Finding> mark(Role role) {
    return Ownership.ofResource(inspected.resource()).of(role) == Ownership.Verdict.OWNED
        ? Optional.empty()
        : Optional.of(
            inspected
                .subject()
                .broken(
                    "its role %s does not carry its mark, so that the type leaves it alone"
                        .formatted(role.arn()),
                    inspected
                        .remedies()
                        .markRole(role.roleName(), inspected.arn(), inspected.account())));
  }

  private Optional<Finding> trust(Role role) {
    if (inspected.found().isUnfinished() || !inspected.found().status().equals("active")) {
      // Its id is not known, or won't stay; and that is a finding already.
      return Optional.empty();
    }
    var trust = DataLakeAccount.trustOf(role);
    var wrongs = new ArrayList<String>();
    var id = inspected.found().externalId().or(() -> TrustPolicy.externalIdIn(trust));
    if (id.isEmpty()) {
      wrongs.add("asks for no external id");
    } else if (!inspected.resource().trust().isFinished(trust, id.get())) {
      wrongs.add(
          TrustPolicy.externalIdIn(trust).equals(id)
              ? "is not what the type wrote"
              : "does not ask for the endpoint's external id");
    }
    return wrongs.stream()
        .findFirst()
        .map(
            wrong ->
                inspected
                    .subject()
                    .broken(
                        "the trust policy of its role %s %s".formatted(role.arn(), wrong),
                        update()));
  }

  private Optional<Finding> boundary(Role role) {
    var wanted = inspected.environment().map(Environment::getPermissionsBoundaryArn);
    var held =
        Optional.ofNullable(role.permissionsBoundary())
            .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    if (wanted.isEmpty() || wanted.equals(held)) {
      return Optional.empty();
    }
    return Optional.of(
        held.isEmpty()
            ? inspected
                .subject()
                .broken("its role %s has no boundary".formatted(role.arn()), update())
            : inspected
                .subject()
                .unknown(
                    "its role has the boundary %s, which is not the environment's: the template may ask for it"
                        .formatted(held.get())));
  }

  private String update() {
    return inspected.update();
  }
}
