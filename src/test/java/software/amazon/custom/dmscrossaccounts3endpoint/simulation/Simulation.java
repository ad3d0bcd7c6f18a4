package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.EndpointView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.PolicyView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Snapshot;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOutcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * Runs of one stack operation in virtual time, with faults at chosen calls, and what must hold
 * afterwards: the resource is as asked, or as it was before; nothing of anybody else's is touched.
 * The driver checks every event against the handler contract and for credentials.
 */
final class Simulation implements AutoCloseable {

  /** What the stack does. */
  enum Scenario {
    CREATE,
    UPDATE_IN_PLACE,
    UPDATE_BY_RECREATION,
    DELETE
  }

  /**
   * A fault and where it strikes.
   *
   * @param call number of the call, from 1
   */
  record Strike(int call, Trouble trouble) {}

  /**
   * What goes wrong, and whether an operation gets over it, even if CloudFormation never retries.
   */
  enum Trouble {
    REFUSED(Fault.refused(), true),
    LOST(Fault.lost(), true),
    KILLED(Fault.kill(), false),
    THROTTLED(Fault.throttled(7), true),
    UNAVAILABLE(Fault.unavailable(7), true),
    DENIED(Fault.denied(), false);

    private final Fault fault;
    private final boolean endured;

    Trouble(Fault fault, boolean endured) {
      this.fault = fault;
      this.endured = endured;
    }
  }

  private static final String BUCKET = "example-data-lake";

  private final TwoAccounts accounts;
  private final Scenario scenario;
  private final PossibleAws world;
  private final Snapshot before;
  private final Stack stackBefore;
  private final Object foreign;
  private Stack stack;

  /** The life of the stack until the operation, which every {@link #run} goes on from. */
  Simulation(Scenario scenario, PossibleAws world) {
    this.scenario = scenario;
    this.world = world;
    this.accounts = TwoAccounts.start(world::on);
    this.stackBefore = new Stack(accounts.cloudFormation());
    makeForeignThings();
    if (scenario != Scenario.CREATE) {
      assertThat(stackBefore.create(before(), Map.of("cost-center", "7")).status())
          .isEqualTo(StackStatus.CREATE_COMPLETE);
    }
    foreign = foreign();
    before = accounts.aws().snapshot();
  }

  /** The provider, which is gone after a call that killed it, and then answers nothing. */
  private Provider mortal() {
    var provider = accounts.provider();
    return (function, event) -> {
      var answer = provider.invoke(function, event);
      if (accounts.aws().faults().killed()) {
        accounts.aws().faults().revive();
        throw new InvocationAborted("killed");
      }
      return answer;
    };
  }

  private void makeForeignThings() {
    try (var iam = accounts.iamByHand();
        var dms = accounts.dmsByHand()) {
      iam.createRole(
          r ->
              r.roleName("somebody-elses")
                  .path("/dms-cross-account-s3-endpoint/")
                  .assumeRolePolicyDocument(
                      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}"));
      iam.createPolicy(
          p ->
              p.policyName("somebody-elses")
                  .path("/dms-cross-account-s3-endpoint/")
                  .policyDocument(
                      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":\"*\"}}"));
      dms.createEndpoint(
          e ->
              e.endpointIdentifier("somebody-elses")
                  .endpointType(ReplicationEndpointTypeValue.SOURCE)
                  .engineName("mysql")
                  .serverName("db")
                  .port(3306)
                  .username("u")
                  .password("p"));
    }
  }

  private Object foreign() {
    return List.of(
        accounts.endpoints().stream()
            .filter(e -> !isOurs(e.tags()))
            .map(Simulation::settled)
            .toList(),
        accounts.roles().stream().filter(r -> !isOurs(r.tags())).toList(),
        accounts.policies().stream().filter(p -> !isOurs(p.tags())).toList());
  }

  private static EndpointView settled(EndpointView e) {
    return new EndpointView(
        e.arn(), e.identifier(), "", e.settings(), e.externalId(), e.tags(), e.region());
  }

  private static boolean isOurs(Map<String, String> tags) {
    return tags.containsKey("dms-cross-account-s3-endpoint:endpoint-arn");
  }

  /** Runs the operation under these faults; returns how many calls it made. */
  int run(List<Strike> strikes, RetryPolicy retries) {
    accounts.restore(before);
    stack = stackBefore.continuedBy(accounts.cloudFormation(mortal(), b -> b.retries(retries)));
    var faults = accounts.aws().faults();
    strikes.forEach(s -> faults.onCall(s.call(), s.trouble().fault));
    var outcome = operate();
    var calls = faults.count();
    faults.reset();
    if (strikes.stream().allMatch(s -> s.trouble().endured) && strikes.size() <= 1) {
      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(complete());
    }
    outcome = mend(outcome);
    accounts.clock().advance(Duration.ofMinutes(3));
    check(outcome);
    return calls;
  }

  private StackStatus complete() {
    return switch (scenario) {
      case CREATE -> StackStatus.CREATE_COMPLETE;
      case UPDATE_IN_PLACE, UPDATE_BY_RECREATION -> StackStatus.UPDATE_COMPLETE;
      case DELETE -> StackStatus.DELETE_COMPLETE;
    };
  }

  private StackOutcome operate() {
    return switch (scenario) {
      case CREATE -> stack.create(before(), Map.of("cost-center", "7"));
      case UPDATE_IN_PLACE, UPDATE_BY_RECREATION -> stack.update(after());
      case DELETE -> stack.delete();
    };
  }

  /** What a user does when even the rollback could not be done: remove the cause and try again. */
  private StackOutcome mend(StackOutcome outcome) {
    return switch (outcome.status()) {
      case ROLLBACK_FAILED, DELETE_FAILED -> stack.delete();
      case UPDATE_ROLLBACK_FAILED -> stack.continueUpdateRollback();
      default -> outcome;
    };
  }

  private void check(StackOutcome outcome) {
    assertThat(foreign()).isEqualTo(foreign);
    switch (outcome.status()) {
      case CREATE_COMPLETE, UPDATE_ROLLBACK_COMPLETE -> checkIs(before());
      case UPDATE_COMPLETE -> checkIs(after());
      case ROLLBACK_COMPLETE, DELETE_COMPLETE -> checkGone();
      default -> throw new AssertionError("The stack is stuck: " + outcome);
    }
  }

  private void checkGone() {
    assertThat(ownEndpoints()).isEmpty();
    assertThat(ownRoles()).isEmpty();
    assertThat(ownPolicies()).isEmpty();
  }

  private void checkIs(ObjectNode wanted) {
    assertThat(ownEndpoints()).hasSize(1);
    assertThat(ownRoles()).hasSize(1);
    assertThat(ownPolicies()).hasSize(1);
    var endpoint = ownEndpoints().get(0);
    var role = ownRoles().get(0);
    var policy = ownPolicies().get(0);
    assertThat(endpoint.arn())
        .isEqualTo("arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake");
    assertThat(endpoint.status()).isEqualTo("active");
    assertThat(String.valueOf(endpoint.settings().get("CompressionType")))
        .isEqualToIgnoringCase(wanted.at("/S3Settings/CompressionType").asText());
    assertThat(endpoint.settings()).containsEntry("ServiceAccessRoleArn", role.arn());
    assertThat(role.trust().findValuesAsText("sts:ExternalId"))
        .containsExactly(endpoint.externalId());
    assertThat(role.trust().findValuesAsText("Service")).containsExactly("dms.amazonaws.com");
    assertThat(role.attached()).containsExactly(policy.arn());
    assertThat(role.boundary())
        .isEqualTo(
            wanted.has("PermissionsBoundaryArn")
                ? wanted.get("PermissionsBoundaryArn").asText()
                : null);
    assertThat(policy.document().toString()).contains("arn:aws:s3:::" + BUCKET + "/*");
    var tags = new TreeMap<>(endpoint.tags());
    tags.keySet().removeIf(k -> k.startsWith("dms-cross-account-s3-endpoint:"));
    assertThat(tags)
        .isEqualTo(Map.of("cost-center", "7", "stage", wanted.at("/Tags/0/Value").asText()));
  }

  private List<EndpointView> ownEndpoints() {
    return accounts.endpoints().stream().filter(e -> isOurs(e.tags())).toList();
  }

  private List<RoleView> ownRoles() {
    return accounts.roles().stream().filter(r -> isOurs(r.tags())).toList();
  }

  private List<PolicyView> ownPolicies() {
    return accounts.policies().stream().filter(p -> isOurs(p.tags())).toList();
  }

  private ObjectNode before() {
    return model("trial", "gzip");
  }

  private ObjectNode after() {
    var model =
        scenario == Scenario.UPDATE_BY_RECREATION ? model("prod", "none") : model("prod", "gzip");
    return model.put("PermissionsBoundaryArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess");
  }

  private ObjectNode model(String stage, String compression) {
    var model = modelOfTheStacksAccount(stage, compression);
    return world.assumed() ? model.put("DmsRoleArn", TwoAccounts.DMS_ROLE) : model;
  }

  private static ObjectNode modelOfTheStacksAccount(String stage, String compression) {
    return json(
        """
        {'EndpointIdentifier': 'sales-lake', 'DataLakeRoleArn': '%s',
         'S3Settings': {'BucketName': '%s', 'CompressionType': '%s'},
         'Tags': [{'Key': 'stage', 'Value': '%s'}]}
        """
            .formatted(TwoAccounts.LAKE_ROLE, BUCKET, compression, stage));
  }

  PossibleAws world() {
    return world;
  }

  @Override
  public void close() {
    accounts.close();
  }
}
