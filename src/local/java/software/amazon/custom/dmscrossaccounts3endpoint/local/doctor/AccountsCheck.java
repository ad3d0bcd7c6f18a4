package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/** Whether the accounts in the ARNs of an environment go together. */
record AccountsCheck(Pair pair) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = pair.subject("accounts");
    if (!pair.boundaryIsOfItsAccount()) {
      return List.of(
          subject.broken(
              "PermissionsBoundaryArn is in account %s, DataLakeRoleArn in %s: a boundary is of the account of its roles"
                  .formatted(
                      EndpointNames.accountOf(pair.boundary().orElseThrow()), pair.lakeAccount()),
              pair.examination()
                  .remedies()
                  .setTypeConfiguration(pair.examination().caller().account())));
    }
    var accounts = "DMS %s, data lake %s".formatted(pair.dmsAccount(), pair.lakeAccount());
    return List.of(
        pair.dmsAccount().equals(pair.lakeAccount())
            ? subject.unknown(accounts + ": the same, so that nothing here crosses accounts")
            : subject.ok(accounts));
  }
}
