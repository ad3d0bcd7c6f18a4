package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.deployed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Snapshot;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * The accounts of the templates with the type registered, two endpoints, and a role that runs the
 * doctor: it has the policy of {@code bootstrap/doctor-policy.yaml} and nothing else, and IAM is
 * enforced.
 */
public final class DoctoredAccounts implements AutoCloseable {

  static final String TYPE_NAME = "Acme::DMS::CrossAccountS3Endpoint";
  static final String REGION = "eu-central-1";
  static final String FILE = "type-configuration.json";

  private static final String RUNNER = "doctor-runner";
  private static final String LOG_GROUP = "dms-cross-account-s3-endpoint";

  private final Layout layout;
  private final BootstrappedAccounts bootstrapped;
  private final Snapshot healthy;
  private ObjectNode configuration;
  private String typeName = TYPE_NAME;

  /** The accounts, all well. */
  public static DoctoredAccounts start(Layout layout) {
    return new DoctoredAccounts(layout, UnaryOperator.identity());
  }

  /** The same on a local AWS with other habits. */
  static DoctoredAccounts start(Layout layout, UnaryOperator<LocalAwsBuilder> options) {
    return new DoctoredAccounts(layout, options);
  }

  private DoctoredAccounts(Layout layout, UnaryOperator<LocalAwsBuilder> options) {
    this.layout = layout;
    bootstrapped = BootstrappedAccounts.start(layout, options);
    configuration = bootstrapped.typeConfiguration();
    var account = layout.typeAccount();
    makeRunner(account);
    letRunnerTakeThePlaceOfTheType(account);
    deployDoctorPolicies(account);
    register(TYPE_NAME, schema(TYPE_NAME), executionRole(), loggingRole());
    configure(configuration);
    create("sales-lake");
    create("orders-lake");
    // No create is under way any more.
    clock().advance(ResourceSchema.ofThisType().timeout(Action.CREATE));
    healthy = aws().snapshot();
  }

  private void makeRunner(String account) {
    try (var iam = iam(account)) {
      iam.createRole(
          r ->
              r.roleName(RUNNER)
                  .assumeRolePolicyDocument(
                      json("{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Principal': {'AWS': '%s'}, 'Action': 'sts:AssumeRole'}}"
                              .formatted(account))
                          .toString()));
    }
  }

  private void letRunnerTakeThePlaceOfTheType(String account) {
    var parameters = new HashMap<String, String>();
    parameters.put("TypeName", TYPE_NAME);
    parameters.put("DataLakeRoleArns", bootstrapped.lakeRole());
    parameters.put("DoctorArns", runnerArn());
    var role =
        deployed("type-roles.yaml", account, parameters, Map.of())
            .resources("AWS::IAM::Role")
            .get("ExecutionRole");
    try (var iam = iam(account)) {
      iam.updateAssumeRolePolicy(
          r ->
              r.roleName(role.get("RoleName").asText())
                  .policyDocument(role.get("AssumeRolePolicyDocument").toString()));
    }
  }

  private void deployDoctorPolicies(String account) {
    var template = "doctor-policy.yaml";
    bootstrapped.deploy(
        deployed(template, account, Map.of("Account", "type"), Map.of("RunnerRoleNames", RUNNER)));
    if (layout.hasDmsRole()) {
      bootstrapped.deploy(deployed(template, DMS, Map.of("Account", "dms"), Map.of()));
    }
    bootstrapped.deploy(deployed(template, LAKE, Map.of("Account", "data-lake"), Map.of()));
  }

  /** Registers the type under one more name, without a configuration, and checks that one. */
  void registerAs(String name) {
    register(name, schema(name), executionRole(), loggingRole());
    typeName = name;
  }

  void registerWithoutExecutionRole() {
    register(TYPE_NAME, schema(TYPE_NAME), null, loggingRole());
  }

  void registerWithoutLog() {
    register(TYPE_NAME, schema(TYPE_NAME), executionRole(), null);
  }

  /** Registers a version of another schema. */
  void registerOtherSchema() {
    register(TYPE_NAME, "{\"additionalProperties\": false}", executionRole(), loggingRole());
  }

  void deregister() {
    aws().deregisterType(layout.typeAccount(), TYPE_NAME);
  }

  private void register(String name, String schema, String executionRole, String loggingRole) {
    aws()
        .registerType(
            layout.typeAccount(),
            name,
            schema,
            executionRole,
            loggingRole,
            loggingRole == null ? null : LOG_GROUP);
  }

  private static String schema(String name) {
    return Json.object(HandlerSchema.asJsonObject().toString()).put("typeName", name).toString();
  }

  /** Gives the registry a type configuration, and the user's file the same. */
  void configure(ObjectNode changed) {
    configuration = changed;
    aws().configureType(layout.typeAccount(), TYPE_NAME, changed.toString());
  }

  /** Changes the user's file only. */
  void writeFile(ObjectNode changed) {
    configuration = changed;
  }

  void nameType(String name) {
    typeName = name;
  }

  private void create(String identifier) {
    var outcome = tryToCreate(identifier);
    if (!outcome.succeeded()) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  /** Creates an endpoint; what a failed create has made stays. */
  Outcome tryToCreate(String identifier) {
    return bootstrapped
        .cloudFormation()
        .create(
            json(
                """
                {'EndpointIdentifier': '%s', 'Environment': 'dev',
                 'S3Settings': {'BucketName': 'example-data-lake', 'DataFormat': 'parquet', 'CompressionType': 'gzip'}}
                """
                    .formatted(identifier)));
  }

  /** Everything as it was when all was well. */
  void heal() {
    bootstrapped.accounts().restore(healthy);
    configuration = bootstrapped.typeConfiguration();
    typeName = TYPE_NAME;
  }

  /** The doctor, run as the role that runs it. */
  Diagnosis examine(String... environments) {
    return examineAs(aws().sessionOf(runnerArn()), environments);
  }

  Diagnosis examineAs(LocalCredentials runner, String... environments) {
    return new Doctor(
            configuration,
            FILE,
            typeName,
            REGION,
            List.of(environments),
            BootstrappedAccounts.provider(runner),
            clock()::instant)
        .examine();
  }

  /** What is not well, as {@code ✘ environment what: detail → next} or {@code ?}. */
  static List<String> complaints(Diagnosis diagnosis) {
    var complaints = new ArrayList<String>();
    diagnosis
        .findings()
        .forEach(
            f -> {
              if (f.verdict() != Verdict.OK) {
                complaints.add(
                    "%s %s: %s%s"
                        .formatted(
                            f.verdict().sign(),
                            f.what(),
                            f.detail(),
                            f.next() == null ? "" : " → " + f.next()));
              }
            });
    return complaints;
  }

  static void assertWell(Diagnosis diagnosis) {
    assertThat(complaints(diagnosis)).isEmpty();
    assertThat(diagnosis.isHealthy()).isTrue();
    assertThat(diagnosis.table()).last().asString().endsWith(" ✔, 0 ✘, 0 ?");
  }

  static void assertBroken(Diagnosis diagnosis, String complaint) {
    assertThat(complaints(diagnosis))
        .filteredOn(c -> c.startsWith("✘"))
        .singleElement()
        .asString()
        .contains(complaint);
  }

  /** Adds a tag to an endpoint. */
  void tag(String arn, String key, String value) {
    try (var dms = dms()) {
      dms.addTagsToResource(
          r -> r.resourceArn(arn).tags(Tag.builder().key(key).value(value).build()));
    }
  }

  /** Name of the role of an endpoint. */
  String ownRole(String endpoint) {
    return aws().roles(LAKE).stream()
        .filter(role -> role.path().equals(OwnershipTags.PATH))
        .map(RoleView::name)
        .filter(name -> name.startsWith(endpoint))
        .findFirst()
        .orElseThrow();
  }

  public LocalAws aws() {
    return bootstrapped.accounts().aws();
  }

  LocalClock clock() {
    return bootstrapped.accounts().clock();
  }

  BootstrappedAccounts bootstrapped() {
    return bootstrapped;
  }

  String typeAccount() {
    return layout.typeAccount();
  }

  public ObjectNode configuration() {
    return configuration.deepCopy();
  }

  public String runnerArn() {
    return "arn:aws:iam::%s:role/%s".formatted(layout.typeAccount(), RUNNER);
  }

  String executionRole() {
    return bootstrapped.executionRole();
  }

  String loggingRole() {
    return executionRole().replace("execution", "logging");
  }

  IamClient iam(String account) {
    return bootstrapped.iam(aws().administrator(account));
  }

  DatabaseMigrationClient dms() {
    return bootstrapped.dms(aws().administrator(TwoAccounts.DMS));
  }

  @Override
  public void close() {
    bootstrapped.close();
  }
}
