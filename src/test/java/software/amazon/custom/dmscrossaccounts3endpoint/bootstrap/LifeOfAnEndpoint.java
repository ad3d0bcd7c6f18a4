package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.PolicyDocuments;

/**
 * The life of one endpoint, on a path that needs every permission: created and tested, read,
 * listed, changed in place, given its boundary back, kept by a task, recreated with another bucket,
 * deleted.
 */
final class LifeOfAnEndpoint {

  /**
   * Where a life went another way than it should.
   *
   * @param step what was done
   * @param outcome how it ended
   */
  record Surprise(String step, Outcome outcome) {
    @Override
    public String toString() {
      return step + ": " + outcome;
    }
  }

  private static final class Surprised extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Surprise surprise;

    Surprised(Surprise surprise) {
      super(surprise.toString());
      this.surprise = surprise;
    }
  }

  private final BootstrappedAccounts accounts;
  private final CloudFormation cloudFormation;
  private final String instance;

  LifeOfAnEndpoint(BootstrappedAccounts accounts) {
    this.accounts = accounts;
    this.cloudFormation = accounts.cloudFormation();
    this.instance =
        accounts
            .accounts()
            .aws()
            .createReplicationInstance(BootstrappedAccounts.DMS, "lake-instance");
  }

  /** Lives; empty where everything went as it should. */
  Optional<Surprise> live() {
    try {
      var model = create();
      read(model);
      giveBoundaryBack(changeTags(model));
      refuseForTask(model);
      recreate(model);
      succeed("delete", cloudFormation.delete(model));
      return Optional.empty();
    } catch (Surprised e) {
      return Optional.of(e.surprise);
    }
  }

  private ObjectNode wanted() {
    return json(
        """
        {'EndpointIdentifier': 'sales-lake', 'Environment': 'dev',
         'S3Settings': {'BucketName': 'example-data-lake', 'CompressionType': 'gzip'},
         'ConnectionTest': {'ReplicationInstanceArn': '%s'},
         'Tags': [{'Key': 'team', 'Value': 'sales'}]}
        """
            .formatted(instance));
  }

  /**
   * Its role and policy have a tag of the type configuration that the updates no longer find there.
   */
  private ObjectNode create() {
    var configuration = accounts.typeConfiguration();
    configuration
        .putObject("DefaultOptions")
        .putArray("Tags")
        .addObject()
        .put("Key", "owner")
        .put("Value", "platform");
    var outcome = accounts.cloudFormation(configuration).create(wanted());
    succeed("create", outcome);
    return outcome.model().orElseThrow();
  }

  private void read(ObjectNode model) {
    succeed("read", cloudFormation.read(arnOnly(model)));
    for (var page : cloudFormation.list()) {
      succeed("list", page);
    }
  }

  private ObjectNode changeTags(ObjectNode model) {
    var changed = updated(model);
    changed.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));
    var outcome = cloudFormation.update(changed, model);
    succeed("update in place", outcome);
    return outcome.model().orElseThrow();
  }

  private void giveBoundaryBack(ObjectNode model) {
    try (var iam = accounts.accounts().iamByHand()) {
      iam.deleteRolePermissionsBoundary(r -> r.roleName(ownRole().arn().replaceAll(".*/", "")));
      // Another version of the policy than the one on record has to be looked at.
      var policy = ownRole().attached().get(0);
      var first = iam.getPolicyVersion(v -> v.policyArn(policy).versionId("v1"));
      var document = PolicyDocuments.decoded(first.policyVersion().document());
      iam.createPolicyVersion(v -> v.policyArn(policy).policyDocument(document).setAsDefault(true));
    }
    succeed("update of the boundary", cloudFormation.update(updated(model), model));
  }

  private RoleView ownRole() {
    return accounts.accounts().aws().roles(BootstrappedAccounts.LAKE).stream()
        .filter(r -> r.path().equals(OwnershipTags.PATH))
        .findFirst()
        .orElseThrow();
  }

  private void refuseForTask(ObjectNode model) {
    var task =
        accounts
            .accounts()
            .aws()
            .createReplicationTask(
                BootstrappedAccounts.DMS, "sales-task", model.get("EndpointArn").asText());
    var outcome = cloudFormation.update(inAnotherBucket(model), model);
    expect(
        "update while a task uses the endpoint",
        outcome,
        o -> o.failedWith(HandlerErrorCode.ResourceConflict) && o.message().contains("sales-task"));
    try (var dms = accounts.accounts().dmsByHand()) {
      dms.deleteReplicationTask(r -> r.replicationTaskArn(task));
    }
    accounts.accounts().clock().advance(java.time.Duration.ofMinutes(2));
  }

  private void recreate(ObjectNode model) {
    succeed("update that recreates", cloudFormation.update(inAnotherBucket(model), model));
  }

  private ObjectNode inAnotherBucket(ObjectNode model) {
    var changed = updated(model);
    ((ObjectNode) changed.get("S3Settings")).put("BucketName", "example-data-lake-2");
    return changed;
  }

  private ObjectNode updated(ObjectNode model) {
    return wanted().put("EndpointArn", model.get("EndpointArn").asText());
  }

  private static ObjectNode arnOnly(ObjectNode model) {
    return json("{}").put("EndpointArn", model.get("EndpointArn").asText());
  }

  private static void succeed(String step, Outcome outcome) {
    expect(step, outcome, Outcome::succeeded);
  }

  private static void expect(String step, Outcome outcome, Predicate<Outcome> as) {
    if (!as.test(outcome)) {
      throw new Surprised(new Surprise(step, outcome));
    }
  }
}
