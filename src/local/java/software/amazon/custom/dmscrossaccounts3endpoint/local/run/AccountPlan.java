package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.arns.Arn;

/**
 * The accounts and roles that have to be there before the provider can work: what the models and
 * the type configuration name.
 */
final class AccountPlan {
  private final String partition;
  private final Set<String> stackAccounts = new LinkedHashSet<>();
  private final Set<String> accounts = new LinkedHashSet<>();
  private final Set<AccountPair> pairs = new LinkedHashSet<>();
  private final Map<Arn, AssumableRole> roles = new LinkedHashMap<>();

  private AccountPlan(String partition) {
    this.partition = partition;
  }

  /**
   * All stacks are in one account; every role trusts that account.
   *
   * @param partition where the accounts are
   * @param stackAccount the stacks' account
   * @param models what the stacks ask for
   * @param typeConfiguration the account's type configuration, empty for none
   * @throws BadInput when a role is in another partition
   */
  static AccountPlan ofOneStackAccount(
      String partition,
      String stackAccount,
      Collection<ObjectNode> models,
      ObjectNode typeConfiguration) {
    var plan = new AccountPlan(partition);
    plan.stackAccount(stackAccount);
    for (var model : models) {
      if (model.has("DataLakeRoleArn")) {
        plan.pair(stackAccount, model, null);
      }
    }
    for (var environment : typeConfiguration.path("Environments")) {
      plan.pair(stackAccount, environment, environment.get("AssumeRoleExternalId"));
    }
    return plan;
  }

  /**
   * Every environment has its stacks in its own DMS account; its roles trust that account.
   *
   * @param partition where the accounts are
   * @param defaultAccount the stacks' account for environments that name no role in a DMS account
   * @param typeConfiguration the type configuration of all accounts
   * @throws BadInput when a role is in another partition
   */
  static AccountPlan ofOneStackAccountPerEnvironment(
      String partition, String defaultAccount, ObjectNode typeConfiguration) {
    var plan = new AccountPlan(partition);
    for (var environment : typeConfiguration.path("Environments")) {
      var stackAccount = plan.dmsAccount(environment, defaultAccount);
      plan.stackAccount(stackAccount);
      plan.pair(stackAccount, environment, environment.get("AssumeRoleExternalId"));
    }
    return plan;
  }

  String partition() {
    return partition;
  }

  /** The accounts that stacks are in. */
  Set<String> stackAccounts() {
    return stackAccounts;
  }

  /** All accounts. */
  Set<String> accounts() {
    return accounts;
  }

  /** The pairs that have to be allow-listed. */
  Set<AccountPair> pairs() {
    return pairs;
  }

  /** The roles that have to be there. */
  List<AssumableRole> roles() {
    return new ArrayList<>(roles.values());
  }

  /** The pair of accounts of an environment. */
  AccountPair pairOf(JsonNode environment, String defaultAccount) {
    return new AccountPair(
        dmsAccount(environment, defaultAccount),
        account(role(environment.path("DataLakeRoleArn").asText())));
  }

  private void stackAccount(String account) {
    stackAccounts.add(account);
    accounts.add(account);
  }

  private void pair(String stackAccount, JsonNode named, JsonNode externalId) {
    for (var property : List.of("DmsRoleArn", "DataLakeRoleArn")) {
      if (named.has(property)) {
        var arn = role(named.get(property).asText());
        accounts.add(account(arn));
        roles.putIfAbsent(
            arn,
            new AssumableRole(
                account(arn),
                arn.resourceAsString().substring("role/".length()),
                stackAccount,
                externalId == null ? null : externalId.asText()));
      }
    }
    pairs.add(pairOf(named, stackAccount));
  }

  private String dmsAccount(JsonNode named, String defaultAccount) {
    return named.has("DmsRoleArn")
        ? account(role(named.get("DmsRoleArn").asText()))
        : defaultAccount;
  }

  private Arn role(String text) {
    var arn = Arn.fromString(text);
    if (!arn.partition().equals(partition)) {
      throw new BadInput(text + " is not in the partition of the Region, " + partition);
    }
    return arn;
  }

  private static String account(Arn arn) {
    return arn.accountId().orElseThrow();
  }
}
