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
  /** Where the stacks are when nothing says otherwise. */
  static final String STACK_ACCOUNT = "111122223333";

  private final String partition;
  private final Set<String> stackAccounts = new LinkedHashSet<>();
  private final Set<String> accounts = new LinkedHashSet<>();
  private final Set<AccountPair> pairs = new LinkedHashSet<>();
  private final Map<Arn, AssumableRole> roles = new LinkedHashMap<>();

  private AccountPlan(String partition) {
    this.partition = partition;
  }

  /**
   * All stacks are in {@link #STACK_ACCOUNT}; every role trusts that account.
   *
   * @param typeConfiguration the account's type configuration, empty for none
   * @throws BadInput when a role is in another partition
   */
  static AccountPlan ofOneStackAccount(
      String partition, Collection<ObjectNode> models, ObjectNode typeConfiguration) {
    var plan = new AccountPlan(partition);
    plan.stackAccount(STACK_ACCOUNT);
    for (var model : models) {
      if (model.has("DataLakeRoleArn")) {
        plan.pair(STACK_ACCOUNT, model);
      }
    }
    for (var environment : typeConfiguration.path("Environments")) {
      plan.pair(STACK_ACCOUNT, environment);
    }
    return plan;
  }

  /**
   * Every environment has its stacks in its own DMS account; its roles trust that account. An
   * environment that names no role in a DMS account has its stacks in {@link #STACK_ACCOUNT}.
   *
   * @throws BadInput when a role is in another partition
   */
  static AccountPlan ofOneStackAccountPerEnvironment(
      String partition, ObjectNode typeConfiguration) {
    var plan = new AccountPlan(partition);
    for (var environment : typeConfiguration.path("Environments")) {
      var stackAccount = plan.pairOf(environment).dms();
      plan.stackAccount(stackAccount);
      plan.pair(stackAccount, environment);
    }
    return plan;
  }

  String partition() {
    return partition;
  }

  /** The root of an account, which stands for its administrators. */
  String root(String account) {
    return Arn.builder()
        .partition(partition)
        .service("iam")
        .accountId(account)
        .resource("root")
        .build()
        .toString();
  }

  /** The accounts that stacks are in. */
  Set<String> stackAccounts() {
    return stackAccounts;
  }

  /** All accounts. */
  Set<String> accounts() {
    return accounts;
  }

  /** What each account is for, by account. */
  Map<String, String> uses() {
    var uses = new LinkedHashMap<String, String>();
    accounts.forEach(account -> uses.put(account, "stacks"));
    pairs.forEach(pair -> uses.put(pair.dms(), "DMS account"));
    pairs.forEach(
        pair ->
            uses.put(
                pair.dataLake(),
                pair.dms().equals(pair.dataLake())
                    ? "DMS and data-lake account"
                    : "data-lake account"));
    return uses;
  }

  /** The pairs that have to be allow-listed. */
  Set<AccountPair> pairs() {
    return pairs;
  }

  /** The roles that have to be there. */
  List<AssumableRole> roles() {
    return new ArrayList<>(roles.values());
  }

  /**
   * The accounts that a model's or an environment's roles are in.
   *
   * @param named what holds {@code DataLakeRoleArn} and perhaps {@code DmsRoleArn}
   */
  AccountPair pairOf(JsonNode named) {
    var dms = named.has("DmsRoleArn") ? account(role(named.get("DmsRoleArn"))) : STACK_ACCOUNT;
    return new AccountPair(dms, account(role(named.get("DataLakeRoleArn"))));
  }

  private void stackAccount(String account) {
    stackAccounts.add(account);
    accounts.add(account);
  }

  private void pair(String stackAccount, JsonNode named) {
    var externalId = named.get("AssumeRoleExternalId");
    for (var property : List.of("DmsRoleArn", "DataLakeRoleArn")) {
      if (named.has(property)) {
        var arn = role(named.get(property));
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
    pairs.add(pairOf(named));
  }

  private Arn role(JsonNode text) {
    var arn = Arn.fromString(text.asText());
    if (!arn.partition().equals(partition)) {
      throw new BadInput(text.asText() + " is not in the partition of the Region, " + partition);
    }
    return arn;
  }

  private static String account(Arn arn) {
    return arn.accountId().orElseThrow();
  }
}
