package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.Clients;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;

/**
 * The examples, run: the templates of {@code bootstrap/} make the accounts of the sample type
 * configuration, and the provider gets the properties that the examples' templates resolve to.
 */
class ExamplesTest {

  private static final String TYPE = "AWS::Custom::DmsCrossAccountS3Endpoint";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLES = Path.of("examples");
  private static final ObjectNode SCHEMA = json(Path.of("resource-schema.json"));

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of("one-endpoint.yaml", Map.of()),
        Arguments.of("twelve-endpoints.yaml", parameters("dev")),
        Arguments.of("twelve-endpoints.yaml", parameters("test")),
        Arguments.of("twelve-endpoints.yaml", parameters("prod")),
        Arguments.of("fleet-foreach.yaml", parameters("dev")),
        Arguments.of("sse-kms/endpoint.yaml", Map.of()),
        Arguments.of("glue-catalog.yaml", Map.of()),
        Arguments.of(
            "replication.yaml",
            Map.of(
                "SecretArn",
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:sales-AbCdEf",
                "SubnetIds",
                "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
                "SecurityGroupIds",
                "sg-0123456789abcdef0")));
  }

  private static ObjectNode json(Path path) {
    try {
      return (ObjectNode) JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> parameters(String environment) {
    var parameters = new TreeMap<String, String>();
    json(EXAMPLES.resolve("parameters").resolve(environment + ".json"))
        .get("Parameters")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
    return parameters;
  }

  private static DeployedTemplate deployed(
      String template, String account, Map<String, String> parameters) {
    return DeployedTemplate.of(TemplateFile.read(EXAMPLES.resolve(template)), account, parameters);
  }

  /** The properties of the endpoints of a template, by logical id. */
  private static Map<String, ObjectNode> endpoints(
      String template, String account, Map<String, String> parameters) {
    var endpoints = deployed(template, account, parameters).resources(TYPE);
    endpoints.values().forEach(ExamplesTest::type);
    return endpoints;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyEndpointOfAnExampleIsMadeAndDeleted(String template, Map<String, String> parameters) {
    var configuration = json(EXAMPLES.resolve("type-configuration.json"));
    try (var accounts = accounts(configuration)) {
      var instance = accounts.aws().createReplicationInstance(TwoAccounts.DMS, "instance");
      var made = new ArrayList<Runnable>();
      endpoints(template, TwoAccounts.DMS, parameters)
          .forEach(
              (id, properties) -> {
                var cloudFormation = cloudFormation(accounts, configuration, id);
                connect(properties, instance);
                var created = succeeded(cloudFormation.create(properties));
                assertThat(created.at("/S3Settings/BucketName").asText())
                    .isEqualTo(properties.at("/S3Settings/BucketName").asText());
                made.add(() -> succeeded(cloudFormation.delete(created)));
              });
      assertThat(made).isNotEmpty();
      made.forEach(Runnable::run);
      for (var account : List.of(TwoAccounts.DMS, "222233334444", "333344445555")) {
        assertThat(accounts.aws().endpoints(account)).isEmpty();
      }
    }
  }

  /** So that a stack can go over from one to the other, and nothing happens to its endpoints. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "test", "prod"})
  void theLoopDeclaresWhatTheLongFormDoes(String environment) {
    var parameters = parameters(environment);
    assertThat(endpoints("fleet-foreach.yaml", TwoAccounts.DMS, parameters))
        .hasSize(12)
        .isEqualTo(endpoints("twelve-endpoints.yaml", TwoAccounts.DMS, parameters));

    var outputs = deployed("twelve-endpoints.yaml", TwoAccounts.DMS, parameters).outputs();
    outputs.forEach(output -> ((ObjectNode) output).remove("Description"));
    assertThat(deployed("fleet-foreach.yaml", TwoAccounts.DMS, parameters).outputs())
        .isEqualTo(outputs);
  }

  @Test
  void theKeyOfTheExampleLetsTheRolesOfThisTypeUseItAndNobodyElse() {
    var key =
        DeployedTemplate.of(
                TemplateFile.read(EXAMPLES.resolve("sse-kms/data-lake-account.yaml")),
                TwoAccounts.LAKE,
                Map.of("BucketName", "example-data-lake"))
            .resources("AWS::KMS::Key")
            .get("Key");
    var statement = key.at("/KeyPolicy/Statement/1");
    assertThat(Policies.texts(statement.get("Action")))
        .containsExactly("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey");
    assertThat(statement.at("/Condition/ArnLike/aws:PrincipalArn").asText())
        .isEqualTo("arn:aws:iam::444455556666:role/dms-cross-account-s3-endpoint/*");
  }

  @Test
  void everyExampleIsRun() throws IOException {
    try (var files = Files.walk(EXAMPLES)) {
      assertThat(
              files
                  .filter(p -> p.toString().endsWith(".yaml"))
                  .filter(
                      p ->
                          TemplateFile.read(p)
                              .section("Resources")
                              .toString()
                              .contains("Type=" + TYPE)))
          .extracting(p -> EXAMPLES.relativize(p).toString())
          .hasSameElementsAs(examples().map(a -> a.get()[0].toString()).distinct().toList());
    }
  }

  /** A reference to the replication instance is the ARN of the one that is there. */
  private static void connect(ObjectNode properties, String instanceArn) {
    if (properties.has("ConnectionTest")) {
      ((ObjectNode) properties.get("ConnectionTest")).put("ReplicationInstanceArn", instanceArn);
    }
  }

  /**
   * The settings as the handler gets them: CloudFormation turns the text of a parameter or of a
   * mapping into the number or the boolean that the schema asks for.
   */
  private static void type(ObjectNode properties) {
    var declared = SCHEMA.at("/definitions/S3Settings/properties");
    var settings = (ObjectNode) properties.get("S3Settings");
    for (var setting : settings.properties()) {
      var text = setting.getValue().asText();
      switch (declared.at("/" + setting.getKey() + "/type").asText()) {
        case "integer" -> settings.put(setting.getKey(), Integer.parseInt(text));
        case "boolean" -> settings.put(setting.getKey(), Boolean.parseBoolean(text));
        default -> assertThat(setting.getValue().isTextual()).as(setting.getKey()).isTrue();
      }
    }
  }

  private static CloudFormation cloudFormation(
      TwoAccounts accounts, ObjectNode configuration, String logicalId) {
    return accounts.cloudFormation(
        b ->
            b.logicalId(logicalId)
                .typeConfiguration(configuration)
                .credentials(
                    () -> {
                      var session =
                          accounts
                              .aws()
                              .sessionOf(
                                  "arn:aws:iam::111122223333:role/dms-s3-endpoint-type-execution");
                      return new Credentials(
                          session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
                    }));
  }

  /** The accounts of a type configuration; the type is in the first DMS account. */
  private static TwoAccounts accounts(ObjectNode configuration) {
    var environments = new ArrayList<ObjectNode>();
    configuration.get("Environments").forEach(e -> environments.add((ObjectNode) e));
    var accounts =
        TwoAccounts.start(
            b -> {
              environments.forEach(
                  e -> b.allowList(account(e, "DmsRoleArn"), account(e, "DataLakeRoleArn")));
              return b.enforceIam(true);
            });
    for (var environment : environments) {
      deploy(accounts, environment);
    }
    deploy(
        accounts,
        BootstrappedAccounts.deployed(
            "type-roles.yaml",
            TwoAccounts.DMS,
            Map.of("DataLakeRoleArns", joined(environments, "DataLakeRoleArn")),
            Map.of("DmsRoleArns", joined(environments, "DmsRoleArn"))));
    accounts.clock().advance(Duration.ofMinutes(1));
    return accounts;
  }

  private static void deploy(TwoAccounts accounts, ObjectNode environment) {
    var trust = new TreeMap<>(Map.of("TypeAccountIds", TwoAccounts.DMS));
    if (environment.has("AssumeRoleExternalId")) {
      trust.put("AssumeRoleExternalId", environment.get("AssumeRoleExternalId").asText());
    }
    var lakeAccount = account(environment, "DataLakeRoleArn");
    var lake =
        BootstrappedAccounts.deployed(
            "data-lake-account.yaml",
            lakeAccount,
            trust,
            Map.of(
                "BucketArns",
                "arn:aws:s3:::example-data-lake-" + environment.get("Name").asText(),
                "KmsKeyArns",
                "arn:aws:kms:eu-central-1:%s:key/11111111-2222-3333-4444-555555555555"
                    .formatted(lakeAccount),
                "GlueCatalog",
                "true"));
    assertThat(lake.output("DataLakeRoleArn"))
        .isEqualTo(environment.get("DataLakeRoleArn").asText());
    assertThat(lake.output("PermissionsBoundaryArn"))
        .isEqualTo(environment.get("PermissionsBoundaryArn").asText());
    var dms =
        BootstrappedAccounts.deployed(
            "dms-account.yaml",
            account(environment, "DmsRoleArn"),
            trust,
            Map.of("EndpointRoleArns", lake.output("EndpointRoleArns")));
    assertThat(dms.output("DmsRoleArn")).isEqualTo(environment.get("DmsRoleArn").asText());
    deploy(accounts, lake);
    deploy(accounts, dms);
  }

  private static void deploy(TwoAccounts accounts, DeployedTemplate template) {
    var administrator = accounts.aws().administrator(template.account());
    try (var iam = new Clients(accounts.aws()).iam(administrator)) {
      BootstrappedAccounts.deploy(iam, template, UnaryOperator.identity());
    }
  }

  private static String account(ObjectNode environment, String role) {
    return Arn.fromString(environment.get(role).asText()).accountId().orElseThrow();
  }

  private static String joined(List<ObjectNode> environments, String role) {
    return String.join(",", environments.stream().map(e -> e.get(role).asText()).toList());
  }
}
