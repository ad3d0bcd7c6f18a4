package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;

/**
 * A local AWS with the accounts and roles of a plan, which every client of the SDK in this JVM
 * takes for AWS until it is closed.
 */
final class LocalPlatform implements AutoCloseable {
  private static final String EXECUTION_ROLE = "dms-s3-endpoint-execution";

  private final AccountPlan plan;
  private final LocalAws aws;
  private final SystemProperty endpointUrl;
  private final Map<String, String> executionRoles = new LinkedHashMap<>();
  private final Inventory before;

  private LocalPlatform(AccountPlan plan, LocalAws aws) {
    this.plan = plan;
    this.aws = aws;
    this.endpointUrl = SystemProperty.set("aws.endpointUrl", aws.endpoint().toString());
    for (var account : plan.stackAccounts()) {
      executionRoles.put(
          account, aws.createAssumableRole(account, EXECUTION_ROLE, plan.root(account), null));
    }
    // What the administrators of every account do once before they use the type.
    for (var role : plan.roles()) {
      aws.createAssumableRole(
          role.account(),
          role.name(),
          executionRoles.get(role.trustedAccount()),
          role.externalId());
    }
    this.before = Inventory.of(aws, plan.accounts());
    aws.forgetCalls();
  }

  /**
   * Starts a local AWS.
   *
   * @param port its port, or 0 for any that is free
   */
  static LocalPlatform start(AccountPlan plan, LocalOptions options, LocalClock clock, int port) {
    var builder =
        LocalAws.builder()
            .partition(plan.partition())
            .region(options.region())
            .propagation(options.propagation())
            .dialect(options.dialect())
            .enforceIam(true)
            .clock(clock)
            .port(port);
    plan.accounts().forEach(builder::account);
    plan.pairs().forEach(pair -> builder.allowList(pair.dms(), pair.dataLake()));
    return new LocalPlatform(plan, builder.start());
  }

  URI endpoint() {
    return aws.endpoint();
  }

  /** A session of the type's execution role in an account that has stacks. */
  Credentials executionRole(String account) {
    var session = aws.sessionOf(executionRoles.get(account));
    return new Credentials(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  LocalCredentials administrator(String account) {
    return aws.administrator(account);
  }

  /** The calls since this was asked last, or since the start. */
  CallTally takeCalls() {
    var calls = new CallTally(aws.calls());
    aws.forgetCalls();
    return calls;
  }

  /** Adds someone who hears of each call, as {@link LocalAws#observe} does. */
  void observe(Consumer<Call> observer) {
    aws.observe(observer);
  }

  /** All accounts of the plan. */
  Set<String> accounts() {
    return plan.accounts();
  }

  /** The trust policy of a role in any of the accounts, as IAM holds it now. */
  Optional<JsonNode> trustOf(String roleArn) {
    return plan.accounts().stream()
        .flatMap(account -> aws.roles(account).stream())
        .filter(role -> role.arn().equals(roleArn))
        .map(RoleView::trust)
        .findFirst();
  }

  /** What the accounts hold that they did not hold at the start. */
  Set<String> added() {
    return Inventory.of(aws, plan.accounts()).since(before);
  }

  @Override
  public void close() {
    endpointUrl.close();
    aws.close();
  }
}
