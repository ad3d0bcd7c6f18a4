package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.PolicyOf;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.AccessPolicy;

class TemplatesTest {

  private static final JsonNode SCHEMA = Json.object(read(Path.of("resource-schema.json")));
  private static final String BUCKET = "arn:aws:s3:::example-data-lake";
  private static final String KEY =
      "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-3333-4444-555555555555";
  private static final Map<String, String> TRUST =
      Map.of("TypeAccountIds", BootstrappedAccounts.DMS);

  static Stream<Path> templates() throws IOException {
    var templates = Stream.<Path>builder();
    for (var folder : List.of("bootstrap", "examples/pipeline")) {
      try (var files = Files.list(Path.of(folder))) {
        files.filter(p -> p.toString().endsWith(".yaml")).forEach(templates);
      }
    }
    return templates.build();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyParameterIsDescribedAndLimited(Path path) {
    TemplateFile.read(path)
        .section("Parameters")
        .forEach(
            (name, declared) -> {
              var parameter = TemplateFile.map(declared);
              assertThat(parameter).as(name).containsKey("Description");
              assertThat(
                      parameter.containsKey("AllowedPattern")
                          || parameter.containsKey("AllowedValues"))
                  .as(name)
                  .isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void rolesAllowTheActionsOfTheSchemaAndNoOthers(Layout layout) {
    var allowed = new TreeSet<String>();
    layout
        .templates()
        .forEach((who, template) -> allowed.addAll(Policies.allowedActions(who.in(template))));
    var expected = new TreeSet<String>();
    for (var handler : SCHEMA.get("handlers")) {
      handler.get("permissions").forEach(action -> expected.add(action.asText()));
    }
    expected.removeIf(action -> !action.matches("(dms|iam|sts):.*"));
    // A boundary can't be taken away where every role needs it.
    expected.remove("iam:DeleteRolePermissionsBoundary");
    assertThat(allowed).isEqualTo(expected);
  }

  @Test
  void theBoundaryHoldsExactlyWhatPoliciesOfEndpointsCanSay() {
    var boundary =
        boundary(
            Map.of(
                "BucketArns",
                BootstrappedAccounts.BUCKETS,
                "KmsKeyArns",
                KEY,
                "GlueCatalog",
                "true",
                "DataValidation",
                "true"));
    var policy =
        Json.object(
            AccessPolicy.document(
                names(),
                new S3Settings()
                    .withBucketName("example-data-lake-2")
                    .withServerSideEncryptionKmsKeyId(KEY)
                    .withCannedAclForObjects(
                        S3Settings.CannedAclForObjects.BUCKET_OWNER_FULL_CONTROL)
                    .withGlueCatalogGeneration(true),
                new AccessPolicy.Options(AccessPolicy.Folders.ANY, true)));

    assertThat(Policies.allowedActions(boundary)).isEqualTo(Policies.allowedActions(policy));
    for (var statement : Policies.allows(policy)) {
      for (var action : Policies.texts(statement.get("Action"))) {
        for (var resource : Policies.texts(statement.get("Resource"))) {
          assertThat(allows(boundary, action, resource)).as(action + " " + resource).isTrue();
        }
      }
    }
  }

  @Test
  void theBoundaryEndsAtTheNamedBucketsAndKeys() {
    var boundary = boundary(Map.of("BucketArns", BUCKET));
    assertThat(allows(boundary, "s3:PutObject", "arn:aws:s3:::example-data-lake/a")).isTrue();
    assertThat(allows(boundary, "s3:PutObject", "arn:aws:s3:::example-data-lake-2/a")).isFalse();
    assertThat(allows(boundary, "s3:GetObject", "arn:aws:s3:::example-data-lake/a")).isFalse();
    assertThat(allows(boundary, "kms:Decrypt", KEY)).isFalse();
    assertThat(Policies.allowedActions(boundary)).noneMatch(a -> a.startsWith("glue:"));
  }

  @Test
  void theBoundaryIsNotAmongThePoliciesThatTheProviderChanges() {
    var template = lake(Map.of("BucketArns", BUCKET));
    assertThat(template.output("PermissionsBoundaryArn"))
        .doesNotContain(":policy" + OwnershipTags.PATH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:s3:::Example",
        "arn:aws:s3:::a",
        "arn:*:s3:::example",
        "arn:aws:s3:::example/*",
        "example",
        "*"
      })
  void aMalformedBucketIsRefused(String bucket) {
    assertThatThrownBy(() -> lake(Map.of("BucketArns", bucket))).hasMessageContaining("BucketArns");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', 'paths of an organization.'",
    "111122223333, o-exampleorg1/r-ab12/ou-ab12-11111111/, 0123456789, not both",
    "'', o-exampleorg1/r-ab12/ou-ab12-11111111/, '', AssumeRoleExternalId"
  })
  void trustInNobodyBothOrPathsWithoutExternalId_refused(
      String accounts, String paths, String externalId, String why) {
    assertThatThrownBy(
            () ->
                lake(
                    Map.of(
                        "BucketArns", BUCKET,
                        "TypeAccountIds", accounts,
                        "OrganizationPaths", paths,
                        "AssumeRoleExternalId", externalId)))
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ExecutionRole", "LoggingRole"})
  void theTypesRolesTrustCloudFormationForThisTypeInThisAccount(String role) {
    var template = typeRoles(Map.of("TypeName", "Acme::DMS::CrossAccountS3Endpoint"));
    var statement =
        template.resources("AWS::IAM::Role").get(role).at("/AssumeRolePolicyDocument/Statement/0");
    assertThat(statement.at("/Principal/Service").asText())
        .isEqualTo("resources.cloudformation.amazonaws.com");
    assertThat(statement.at("/Condition/StringEquals/aws:SourceAccount").asText())
        .isEqualTo(BootstrappedAccounts.DMS);
    assertThat(statement.at("/Condition/StringLike/aws:SourceArn").asText())
        .isEqualTo(
            "arn:aws:cloudformation:*:111122223333:type/resource/Acme-DMS-CrossAccountS3Endpoint/*");
  }

  @Test
  void theExecutionRoleLastsAsLongAsTheLongestHandler() {
    var role = typeRoles(Map.of()).resources("AWS::IAM::Role").get("ExecutionRole");
    assertThat(SCHEMA.get("handlers"))
        .allMatch(
            h -> h.path("timeoutInMinutes").asInt() * 60 <= role.get("MaxSessionDuration").asInt());
  }

  @Test
  void theRegistrationTakesWhatTheOtherTemplatesGive() {
    var roles = typeRoles(Map.of());
    var version =
        registered(
            BootstrappedAccounts.DMS,
            DeployedTemplate.REGION,
            Map.of(
                "PackageUrl", "s3://example-artifacts/dms-s3-endpoint-1.0.0.zip",
                "ExecutionRoleArn", roles.output("ExecutionRoleArn"),
                "LoggingRoleArn", roles.output("LoggingRoleArn")));
    assertThat(version.get("ExecutionRoleArn").asText())
        .isEqualTo(roles.output("ExecutionRoleArn"));
    assertThat(version.at("/LoggingConfig/LogRoleArn").asText())
        .isEqualTo(roles.output("LoggingRoleArn"));
    assertThat(
            Policies.allowedActions(
                roles
                    .resources("AWS::IAM::Role")
                    .get("LoggingRole")
                    .at("/Policies/0/PolicyDocument")))
        .containsExactly(
            "cloudwatch:ListMetrics",
            "cloudwatch:PutMetricData",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents");
  }

  @Test
  void aStackSetRegistersFromTheBucketOfEachRegionWithTheRolesOfEachAccount() {
    var version =
        registered(
            "222233334444",
            "eu-west-1",
            Map.of(
                "PackageUrl", "s3://example-artifacts-{Region}/dms-s3-endpoint-1.0.0.zip",
                "ExecutionRoleArn", "dms-s3-endpoint-type-execution",
                "LoggingRoleArn", "platform/dms-s3-endpoint-type-logging"));
    assertThat(version.get("SchemaHandlerPackage").asText())
        .isEqualTo("s3://example-artifacts-eu-west-1/dms-s3-endpoint-1.0.0.zip");
    assertThat(version.get("ExecutionRoleArn").asText())
        .isEqualTo("arn:aws:iam::222233334444:role/dms-s3-endpoint-type-execution");
    assertThat(version.at("/LoggingConfig/LogRoleArn").asText())
        .isEqualTo("arn:aws:iam::222233334444:role/platform/dms-s3-endpoint-type-logging");
  }

  private static JsonNode registered(String account, String region, Map<String, String> given) {
    var file = TemplateFile.read(Path.of("bootstrap", "register-type.yaml"));
    return DeployedTemplate.of(file, account, region, given)
        .resources("AWS::CloudFormation::ResourceVersion")
        .get("TypeVersion");
  }

  /** IAM refuses a partition that is not its own in a Resource; nothing says that it takes a *. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void noResourceIsInAnyPartition(Layout layout) {
    layout
        .templates()
        .forEach(
            (who, template) ->
                assertThat(resources(who.in(template)))
                    .isNotEmpty()
                    .allMatch(resource -> resource.equals("*") || resource.startsWith("arn:aws:")));
    assertThat(resources(boundary(Map.of("BucketArns", BootstrappedAccounts.BUCKETS))))
        .allMatch(resource -> resource.startsWith("arn:aws:"));
  }

  private static List<String> resources(JsonNode document) {
    return Policies.allows(document).stream()
        .flatMap(statement -> Policies.texts(statement.get("Resource")).stream())
        .toList();
  }

  @Test
  void actionsAreNamedInFull() {
    for (var layout : Layout.values()) {
      assertThat(BootstrappedAccounts.actions(layout))
          .extracting(Map.Entry<PolicyOf, String>::getValue)
          .noneMatch(action -> action.contains("*"));
    }
  }

  private static DeployedTemplate lake(Map<String, String> parameters) {
    return BootstrappedAccounts.deployed(
        "data-lake-account.yaml", BootstrappedAccounts.LAKE, TRUST, parameters);
  }

  private static DeployedTemplate typeRoles(Map<String, String> parameters) {
    return BootstrappedAccounts.deployed(
        "type-roles.yaml",
        BootstrappedAccounts.DMS,
        Map.of(
            "DataLakeRoleArns",
            "arn:aws:iam::444455556666:role/dms-s3-endpoint-provider",
            "EndpointRoleArns",
            "arn:aws:iam::444455556666:role/dms-cross-account-s3-endpoint/*"),
        parameters);
  }

  private static JsonNode boundary(Map<String, String> parameters) {
    return lake(parameters)
        .resources("AWS::IAM::ManagedPolicy")
        .get("Boundary")
        .get("PolicyDocument");
  }

  private static EndpointNames names() {
    return new EndpointNames(
        "aws",
        DeployedTemplate.REGION,
        BootstrappedAccounts.DMS,
        BootstrappedAccounts.LAKE,
        "sales-lake",
        "sales-lake",
        "sales-lake",
        "sales-lake",
        OwnershipTags.PATH);
  }

  private static boolean allows(JsonNode document, String action, String resource) {
    return Policies.allows(document).stream()
        .filter(s -> Policies.texts(s.get("Action")).contains(action))
        .flatMap(s -> Policies.texts(s.get("Resource")).stream())
        .anyMatch(pattern -> resource.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
