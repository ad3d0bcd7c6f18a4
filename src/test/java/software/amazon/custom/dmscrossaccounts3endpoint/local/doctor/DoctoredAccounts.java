package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.deployed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.RegisterTypeRequest;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Snapshot;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;

/**
 * The accounts of the templates with the type registered, two endpoints, and a role that runs the
 * doctor: it has the policy of {@code bootstrap/doctor-policy.yaml} and nothing else, and IAM is
 * enforced.
 */
public final class DoctoredAccounts implements AutoCloseable {

  static final String TYPE_NAME = TypePackages.NAME;
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
    aws().createBucket(account, "packages", null);
    upload(TYPE_NAME);
    register(r -> {});
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

  /** Uploads a package of the type under a name. */
  private void upload(String name) {
    put(key(name), TypePackages.named(name));
  }

  private void put(String key, byte[] content) {
    var request =
        HttpRequest.newBuilder(URI.create(aws().endpoint() + "/packages/" + key))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(aws().administrator(layout.typeAccount()).accessKeyId()))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    // Joined rather than awaited: nobody interrupts a test.
    HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.discarding()).join();
  }

  /** Registers a version of another schema. */
  void registerOtherSchema() {
    var name = "other.zip";
    put(
        name,
        TypePackages.holding(
            "schema.json",
            json("{'additionalProperties': false}").put("typeName", TYPE_NAME).toString()));
    register(r -> r.schemaHandlerPackage("s3://packages/" + name));
  }

  private static String key(String name) {
    return name.replace("::", "-") + ".zip";
  }

  /** Registers the type under one more name, and looks at that one. */
  void registerAs(String name) {
    upload(name);
    register(r -> r.typeName(name).schemaHandlerPackage("s3://packages/" + key(name)));
    typeName = name;
  }

  /** Registers one more version, which becomes the default. */
  void register(Consumer<RegisterTypeRequest.Builder> change) {
    try (var registry = registry()) {
      var request =
          RegisterTypeRequest.builder()
              .type(RegistryType.RESOURCE)
              .typeName(TYPE_NAME)
              .schemaHandlerPackage("s3://packages/" + key(TYPE_NAME))
              .executionRoleArn(executionRole())
              .loggingConfig(l -> l.logRoleArn(loggingRole()).logGroupName(LOG_GROUP));
      change.accept(request);
      var token = registry.registerType(request.build()).registrationToken();
      clock().advance(Duration.ofMinutes(1));
      var version =
          registry.describeTypeRegistration(r -> r.registrationToken(token)).typeVersionArn();
      registry.setTypeDefaultVersion(r -> r.arn(version));
    }
  }

  /** Gives the registry a type configuration, and the user's file the same. */
  void configure(ObjectNode changed) {
    configuration = changed;
    try (var registry = registry()) {
      registry.setTypeConfiguration(
          r ->
              r.type("RESOURCE")
                  .typeName(TYPE_NAME)
                  .configurationAlias("default")
                  .configuration(changed.toString()));
    }
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

  /** Name of the role of an endpoint. */
  String ownRole(String endpoint) {
    return aws().roles(LAKE).stream()
        .filter(role -> role.path().equals(Marks.PATH))
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

  CloudFormationClient registry() {
    return CloudFormationClient.builder()
        .region(Region.of(REGION))
        .endpointOverride(aws().endpoint())
        .credentialsProvider(
            BootstrappedAccounts.provider(aws().administrator(layout.typeAccount())))
        .build();
  }

  @Override
  public void close() {
    bootstrapped.close();
  }
}
