package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Invocation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.PolicyDocuments;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * The permissions that the schema declares are the actions that the handlers use, per handler, no
 * more and no fewer.
 */
class PermissionsTest {

  /** Actions that AWS checks although no call has their name, by the call that they come with. */
  private static final Map<String, Set<String>> DEPENDENT =
      Map.of(
          "dms:CreateEndpoint", Set.of("dms:AddTagsToResource", "iam:PassRole"),
          "iam:CreateRole", Set.of("iam:TagRole"),
          "iam:CreatePolicy", Set.of("iam:TagPolicy"));

  private final Map<Action, Set<String>> used = new EnumMap<>(Action.class);

  private void record(TwoAccounts accounts, Action action) {
    for (Call call : accounts.aws().calls()) {
      if (call.principal().contains("assumed-role")) {
        var actions = used.computeIfAbsent(action, a -> new TreeSet<>());
        actions.add(call.action());
        actions.addAll(DEPENDENT.getOrDefault(call.action(), Set.of()));
      }
    }
    accounts.aws().forgetCalls();
  }

  /** Somebody writes the policy once more as it is. */
  private static void repeatPolicy(TwoAccounts accounts) {
    var policy = accounts.policies().get(0).arn();
    try (var iam = accounts.iamByHand()) {
      var first = iam.getPolicyVersion(v -> v.policyArn(policy).versionId("v1"));
      var document = PolicyDocuments.decoded(first.policyVersion().document());
      iam.createPolicyVersion(v -> v.policyArn(policy).policyDocument(document).setAsDefault(true));
    }
  }

  /** Does so once while a create waits, and lets its calls pass then. */
  private record PolicyRepeated(TwoAccounts accounts) implements Listener {
    @Override
    public void answered(Invocation invocation, Event event) {
      if (event.message().startsWith("Trying again")) {
        repeatPolicy(accounts);
        accounts.aws().faults().reset();
      }
    }
  }

  private static ObjectNode otherDmsAccount() {
    return json(
        "{'Environments': [{'Name': 'other', 'DataLakeRoleArn': '%1$s', 'DmsRoleArn': '%1$s'}]}"
            .formatted(TwoAccounts.LAKE_ROLE));
  }

  private static ObjectNode roleTag() {
    return json("{'DefaultOptions': {'Tags': [{'Key': 'owner', 'Value': 'platform'}]}}");
  }

  /** A whole life: created, read, listed, updated in place and by recreation, deleted. */
  private void live(UnaryOperator<LocalAwsBuilder> habits) {
    try (var accounts = TwoAccounts.start(habits)) {
      var cloudFormation = accounts.cloudFormation(b -> b.retries(RetryPolicy.STANDARD));
      var instance = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "instance");
      accounts.aws().forgetCalls();
      // A create that continues after errors finds its own role and policy.
      accounts.aws().faults().reset().onOperation("iam", "AttachRolePolicy", Fault.unavailable(99));
      var wanted = model();
      wanted.set("ConnectionTest", json("{'ReplicationInstanceArn': '%s'}".formatted(instance)));
      var created =
          succeeded(
              accounts
                  .cloudFormation(
                      b -> b.listener(new PolicyRepeated(accounts)).typeConfiguration(roleTag()))
                  .create(wanted));
      record(accounts, Action.CREATE);
      succeeded(cloudFormation.read(created));
      record(accounts, Action.READ);
      accounts
          .cloudFormation(b -> b.typeConfiguration(otherDmsAccount()))
          .list()
          .forEach(page -> assertThat(page.succeeded()).as(page.toString()).isTrue());
      record(accounts, Action.LIST);

      wanted.put("EndpointArn", created.get("EndpointArn").asText());
      wanted.set("Tags", json("{'t': [{'Key': 'other', 'Value': 'tag'}]}").get("t"));
      wanted.put("PermissionsBoundaryArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess");
      repeatPolicy(accounts);
      succeeded(cloudFormation.update(wanted, created));
      wanted.remove("PermissionsBoundaryArn");
      for (var bucket = 1; bucket <= 6; bucket++) {
        ((ObjectNode) wanted.get("S3Settings")).put("BucketName", "other-bucket-" + bucket);
        succeeded(cloudFormation.update(wanted, created));
      }
      record(accounts, Action.UPDATE);
      missingRoleAndPolicyAreMadeAgain(accounts, wanted, created);
      taskKeepsEndpoint(accounts, wanted, created);

      ((ObjectNode) wanted.get("S3Settings")).put("BucketName", "last-bucket");
      succeeded(cloudFormation.update(wanted, created));
      record(accounts, Action.UPDATE);
      try (var iam = accounts.iamByHand()) {
        iam.attachRolePolicy(
            r ->
                r.roleName(created.get("RoleName").asText())
                    .policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
      }
      succeeded(cloudFormation.delete(created));
      record(accounts, Action.DELETE);
    }
  }

  private void missingRoleAndPolicyAreMadeAgain(
      TwoAccounts accounts, ObjectNode wanted, ObjectNode created) {
    try (var iam = accounts.iamByHand()) {
      var role = created.get("RoleName").asText();
      var policy = created.get("PolicyArn").asText();
      iam.detachRolePolicy(r -> r.roleName(role).policyArn(policy));
      iam.listPolicyVersions(r -> r.policyArn(policy)).versions().stream()
          .filter(v -> !v.isDefaultVersion())
          .forEach(v -> iam.deletePolicyVersion(r -> r.policyArn(policy).versionId(v.versionId())));
      iam.deletePolicy(r -> r.policyArn(policy));
      iam.deleteRole(r -> r.roleName(role));
    }
    accounts.aws().forgetCalls();
    succeeded(accounts.cloudFormation().update(wanted, created));
    record(accounts, Action.UPDATE);
  }

  private void taskKeepsEndpoint(TwoAccounts accounts, ObjectNode wanted, ObjectNode created) {
    var arn = created.get("EndpointArn").asText();
    var task = accounts.aws().createReplicationTask(TwoAccounts.DMS, "task", arn);
    accounts.aws().forgetCalls();
    var other = wanted.deepCopy();
    ((ObjectNode) other.get("S3Settings")).put("BucketName", "yet-another");
    assertThat(accounts.cloudFormation().update(other, created).message()).contains("task");
    record(accounts, Action.UPDATE);
    assertThat(accounts.cloudFormation().delete(created).message()).contains("task");
    record(accounts, Action.DELETE);
    try (var dms = accounts.dmsByHand()) {
      dms.deleteReplicationTask(r -> r.replicationTaskArn(task));
    }
    accounts.clock().advance(Duration.ofMinutes(5));
    accounts.aws().forgetCalls();
  }

  @Test
  void areExactlyWhatTheHandlersUse() {
    live(b -> b);
    live(b -> b.dialect(HandshakeDialect.KEPT_FAILED));

    for (var action : used.keySet()) {
      assertThat(used.get(action))
          .as("permissions of %s", action)
          .containsExactlyInAnyOrderElementsOf(HandlerSchema.permissions(action));
    }
    assertThat(used.keySet()).containsExactlyInAnyOrder(Action.values());
  }

  @Test
  void areEnoughForAnAssumedRoleThatIsCutDownByThem() {
    try (var accounts = TwoAccounts.start(b -> b.enforceIam(true))) {
      var cloudFormation = accounts.cloudFormation();
      var created = succeeded(cloudFormation.create(model()));
      var wanted = model().put("EndpointArn", created.get("EndpointArn").asText());
      ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");
      succeeded(cloudFormation.update(wanted, created));
      succeeded(cloudFormation.delete(created));
    }
  }
}
