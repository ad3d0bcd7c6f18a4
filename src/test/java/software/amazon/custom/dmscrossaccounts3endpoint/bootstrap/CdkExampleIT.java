package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.TemplateFile.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/**
 * The CDK project is built as its users do, under a name of one's own, and its app makes of the
 * examples what their templates say. Needs Node.js, and the CDK's library in the local Maven
 * repository: 120 MB, which nothing else of this project needs and no test fetches.
 */
class CdkExampleIT {

  private static final Path EXAMPLES = Path.of("examples");
  private static final Path CDK = EXAMPLES.resolve("cdk");
  private static final String SCHEMA = "resource-schema.json";
  private static final String OWN = "AWS::Custom::DmsCrossAccountS3Endpoint";
  private static final String OTHER = "Acme::DMS::CrossAccountS3Endpoint";
  private static final String WHAT = "the CDK construct";
  private static final String LOG = "maven.log";
  private static final String ACCOUNT = "111122223333";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path project;

  @BeforeAll
  static void synthesize() throws IOException, InterruptedException {
    Programs.required("node", WHAT);
    var maven = Programs.required("mvn", WHAT);
    copy();
    Files.writeString(
        project.resolve(SCHEMA), Files.readString(Path.of(SCHEMA)).replace(OWN, OTHER));
    run(maven);
  }

  private static void copy() throws IOException {
    try (var files = Files.walk(CDK)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var path = CDK.relativize(file);
        if (path.startsWith("src") || path.getNameCount() == 1) {
          var copy = project.resolve(file);
          Files.createDirectories(copy.getParent());
          Files.writeString(copy, Files.readString(file).replace(OWN, OTHER));
        }
      }
    }
  }

  private static void run(Path maven) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(maven.toString(), "-B", "-o"));
    var repository = System.getProperty("maven.repository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.addAll(List.of("package", "exec:java"));
    var log = project.resolve(LOG);
    var builder =
        new ProcessBuilder(command)
            .directory(project.resolve(CDK).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    var temporary = Files.createDirectories(project.resolve("tmp"));
    builder.environment().keySet().removeIf(name -> name.startsWith("CDK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary,
                "CDK_OUTDIR", project.resolve("cdk.out").toString(),
                // What the library unpacks for Node.js; it stays until mvn clean.
                "JSII_RUNTIME_PACKAGE_CACHE_ROOT",
                    Path.of("target", "jsii").toAbsolutePath().toString(),
                "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1"));
    var process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    var said = Files.readString(log, UTF_8);
    if (process.waitFor() != 0 && said.contains("in offline mode")) {
      Programs.skip(
          "not everything that examples/cdk is built with is in the local Maven repository, so "
              + WHAT
              + " was not compiled and run. This gets it, 120 MB: mvn -f examples/cdk/pom.xml"
              + " package");
    }
    assertThat(process.exitValue()).as(said).isZero();
  }

  static List<Arguments> examples() {
    return List.of(
        Arguments.of("one-endpoint.yaml", "one-endpoint", Map.of()),
        Arguments.of("sse-kms/endpoint.yaml", "encrypted-endpoint", Map.of()),
        Arguments.of(
            "sse-kms/data-lake-account.yaml",
            "data-lake",
            Map.of("BucketName", "example-data-lake-prod")),
        Arguments.of(
            "replication.yaml",
            "replication",
            Map.of(
                "SecretArn",
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:sales-AbCdEf",
                "SubnetIds",
                "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
                "SecurityGroupIds",
                "sg-0123456789abcdef0")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theAppMakesOfAnExampleWhatItsTemplateSays(
      String template, String stack, Map<String, String> parameters) throws IOException {
    var written = resources(TemplateFile.read(EXAMPLES.resolve(template)), parameters);
    var synthesized = resources(synthesized(stack), Map.of());

    assertThat(synthesized.keySet()).isEqualTo(written.keySet());
    for (var type : written.keySet()) {
      assertThat(comparable(synthesized.get(type), synthesized, written))
          .as(type)
          .isEqualTo(comparable(written.get(type), written, written));
    }
  }

  @Test
  void attributesReadLikeTheOutputsOfTheExample() {
    var template = DeployedTemplate.of(synthesized("one-endpoint"), ACCOUNT, Map.of());

    assertThat(template.output("EndpointArn")).isEqualTo("Orders.Ref");
    assertThat(template.output("ServiceAccessRoleArn")).isEqualTo("Orders.ServiceAccessRoleArn");
  }

  /** Whether they held is the exit code; here, that none was left out. */
  @Test
  void theTestsOfTheConstructWereRun() throws IOException {
    assertThat(Files.readString(project.resolve(LOG)))
        .containsPattern("Tests run: [1-9]\\d, Failures: 0, Errors: 0, Skipped: 0\\s");
  }

  @Test
  void theJarHoldsTheConstructAndNotTheApp() throws IOException {
    var target = project.resolve(CDK).resolve("target");
    var name = "aws-custom-dmscrossaccounts3endpoint-cdk-1.0.0";
    assertThat(target.resolve(name + "-sources.jar")).exists();
    try (var jar = new JarFile(target.resolve(name + ".jar").toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .anyMatch(entry -> entry.endsWith("/DmsCrossAccountS3Endpoint.class"))
          .noneMatch(entry -> entry.contains("/example/"));
    }
  }

  private static TemplateFile synthesized(String stack) {
    var file = TemplateFile.read(project.resolve("cdk.out").resolve(stack + ".template.json"));
    // The CDK's own rule about how its accounts are prepared.
    var content = new TreeMap<>(file.content());
    content.remove("Rules");
    return new TemplateFile(file.path(), content);
  }

  /** A resource with what CloudFormation makes of its properties. */
  private record Declared(String logicalId, ObjectNode resource) {}

  /** The resources of a template by type, of which there is one each. */
  private static Map<String, Declared> resources(
      TemplateFile file, Map<String, String> parameters) {
    var deployed = DeployedTemplate.of(file, ACCOUNT, parameters);
    var found = new TreeMap<String, Declared>();
    file.section("Resources")
        .forEach(
            (id, raw) -> {
              var type = map(raw).get("Type").toString();
              var resource = JSON.createObjectNode();
              resource.set("Properties", deployed.resources(type).get(id));
              for (var policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
                resource.set(policy, JSON.valueToTree(map(raw).get(policy)));
              }
              assertThat(found.put(type.replace(OTHER, OWN), new Declared(id, resource))).isNull();
            });
    return found;
  }

  /** With the logical ids of the example, and without what is a matter of style. */
  private static JsonNode comparable(
      Declared resource, Map<String, Declared> from, Map<String, Declared> to) {
    var text = resource.resource().toString();
    for (var type : from.keySet()) {
      text = text.replace(from.get(type).logicalId(), to.get(type).logicalId());
    }
    try {
      return withoutStyle(JSON.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids of statements, but for the one that is promised; two ways to write everybody. */
  private static JsonNode withoutStyle(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      if (!object.path("Sid").asText().equals("EncryptFilesOfDmsEndpoints")) {
        object.remove("Sid");
      }
      if (object.at("/Principal/AWS").asText().equals("*")) {
        object.put("Principal", "*");
      }
    }
    tree.forEach(CdkExampleIT::withoutStyle);
    return tree;
  }
}
