package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The template of CodePipeline, and the files that a pipeline reads. */
class PipelineTemplateTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeployedTemplate template = PipelineAccounts.pipeline();

  private List<JsonNode> stages(String pipeline) {
    var stages = new ArrayList<JsonNode>();
    template
        .resources("AWS::CodePipeline::Pipeline")
        .get(pipeline)
        .get("Stages")
        .forEach(stages::add);
    return stages;
  }

  /** The steps of a stage in their order, each with its environment variables. */
  private static List<Map<String, String>> steps(JsonNode stage) throws IOException {
    var steps = new TreeMap<Integer, Map<String, String>>();
    for (var action : stage.get("Actions")) {
      var variables = new TreeMap<String, String>();
      variables.put("provider", action.at("/ActionTypeId/Provider").asText());
      for (var variable :
          JSON.readTree(action.at("/Configuration/EnvironmentVariables").asText("[]"))) {
        variables.put(variable.get("name").asText(), variable.get("value").asText());
      }
      steps.put(action.path("RunOrder").asInt(1), variables);
    }
    return List.copyOf(steps.values());
  }

  @Test
  void aVersionIsRegisteredAndConfiguredInOneEnvironmentAfterAnother() throws IOException {
    var stages = stages("Pipeline");
    assertThat(stages)
        .extracting(stage -> stage.get("Name").asText())
        .containsExactly("Source", "Build", "Upload", "Dev", "Test", "Prod");
    for (var stage : stages.subList(3, 6)) {
      var environment = stage.get("Name").asText().toLowerCase(Locale.ROOT);
      var steps =
          steps(stage).stream().filter(step -> step.get("provider").equals("CodeBuild")).toList();
      assertThat(steps)
          .extracting(step -> step.get("STEP"))
          .containsExactly("register", "configure");
      assertThat(steps).extracting(step -> step.get("ENVIRONMENT")).containsOnly(environment);
      assertThat(steps.get(0)).containsEntry("PACKAGE_URL", "#{Upload.PACKAGE_URL}");
    }
  }

  @Test
  void prodWaitsForAnApproval() throws IOException {
    assertThat(steps(stages("Pipeline").get(5)).get(0)).containsEntry("provider", "Manual");
  }

  @Test
  void theRollbackTakesEnvironmentAndVersionOfItsRun() throws IOException {
    assertThat(steps(stages("Rollback").get(1)).get(0))
        .containsEntry("STEP", "rollback")
        .containsEntry("ENVIRONMENT", "#{variables.environment}")
        .containsEntry("VERSION", "#{variables.version}");
  }

  @Test
  void everyStepIsOneOfTheBuildSpecification() throws IOException {
    var specification =
        template
            .resources("AWS::CodeBuild::Project")
            .get("Deploy")
            .at("/Source/BuildSpec")
            .asText();
    var named = new TreeSet<String>();
    for (var pipeline : List.of("Pipeline", "Rollback")) {
      for (var stage : stages(pipeline)) {
        for (var step : steps(stage)) {
          if (step.containsKey("STEP")) {
            named.add(step.get("STEP"));
          }
        }
      }
    }
    assertThat(named).containsExactly("configure", "register", "rollback", "upload");
    assertThat(named).allSatisfy(step -> assertThat(specification).contains(step + ") "));
  }

  @Test
  void rolesOfThePipelineAreAllowedWhatTheyStartAndNoMore() {
    var roles = template.resources("AWS::IAM::Role");
    var project =
        List.of(
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:PutObject");
    assertThat(actions(roles.get("BuildRole"))).containsExactlyElementsOf(project);
    assertThat(actions(roles.get("DeployRole"))).containsExactlyElementsOf(project);
    assertThat(roles.get("BuildRole").has("ManagedPolicyArns")).isFalse();
    assertThat(actions(roles.get("PipelineRole")))
        .containsExactly(
            "codebuild:BatchGetBuilds",
            "codebuild:StartBuild",
            "codeconnections:UseConnection",
            "codestar-connections:UseConnection",
            "s3:GetBucketAcl",
            "s3:GetBucketLocation",
            "s3:GetBucketVersioning",
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:PutObject");
    roles.values().stream()
        .flatMap(role -> Policies.allows(role.at("/Policies/0/PolicyDocument")).stream())
        .forEach(
            statement ->
                assertThat(Policies.texts(statement.get("Resource")))
                    .allMatch(resource -> resource.startsWith("arn:aws:")));
  }

  private static Iterable<String> actions(JsonNode role) {
    return Policies.allowedActions(role.at("/Policies/0/PolicyDocument"));
  }

  @Test
  void serviceManagedPermissionsNeedAnOrganizationalUnit() {
    var parameters =
        Map.of(
            "TypeName", "Acme::DMS::CrossAccountS3Endpoint",
            "ConnectionArn",
                "arn:aws:codeconnections:eu-central-1:999900001111:connection/11111111-2222",
            "RepositoryId", "acme/dms-endpoint",
            "PermissionModel", "SERVICE_MANAGED");
    assertThatThrownBy(
            () -> PipelineAccounts.deployed("pipeline.yaml", PipelineAccounts.TOOLS, parameters))
        .hasMessageContaining("OrganizationalUnitId");
  }

  /** CloudFormation User Guide, "Template formats": aliases are not supported. */
  @ParameterizedTest
  @ValueSource(strings = {"pipeline.yaml", "environment.yaml", "target-account.yaml"})
  void noTemplateHasAliases(String name) throws IOException {
    assertThat(Files.readString(PipelineAccounts.FOLDER.resolve(name)))
        .doesNotContainPattern("[:-] [&*][A-Za-z]");
  }

  @Test
  void everyAccountOfTheTargetsHasATypeConfigurationOfItsEnvironment() throws IOException {
    var lines =
        Files.readAllLines(PipelineAccounts.FOLDER.resolve("targets.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" +"))
            .toList();
    assertThat(lines).extracting(words -> words[0]).containsExactly("dev", "test", "prod");
    for (var words : lines) {
      assertThat(PipelineAccounts.ENVIRONMENTS).containsEntry(words[0], words[1]);
      var configuration =
          JSON.readTree(
              PipelineAccounts.FOLDER
                  .resolve("type-configuration")
                  .resolve(words[1] + ".json")
                  .toFile());
      assertThat(configuration.get("DefaultEnvironment").asText()).isEqualTo(words[0]);
      assertThat(configuration.at("/Environments/0/Name").asText()).isEqualTo(words[0]);
    }
  }
}
