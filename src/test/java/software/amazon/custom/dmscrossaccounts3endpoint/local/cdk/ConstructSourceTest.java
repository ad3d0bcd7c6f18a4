package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.AccessPolicy;

/** The CDK construct says what the schema says. */
class ConstructSourceTest {

  private static final Path SCHEMA_FILE = Path.of("resource-schema.json");
  private static final Path CDK = Path.of("examples", "cdk");
  private static final String CONSTRUCT = "DmsCrossAccountS3Endpoint.java";
  private static final String PROPS = "DmsCrossAccountS3EndpointProps.java";
  private static final String SETTINGS = "S3SettingsProperty.java";
  private static final String STALE =
      "the CDK construct is not that of the schema; this writes it: mvn -q process-test-classes"
          + " exec:exec@cdk";

  private final byte[] bytes = read();
  private final ObjectNode schema = Json.object(new String(bytes, UTF_8));

  private static byte[] read() {
    try {
      return Files.readAllBytes(SCHEMA_FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> filesOfChanged(Consumer<ObjectNode> change) throws IOException {
    var changed = schema.deepCopy();
    change.accept(changed);
    return ConstructSource.files(Json.bytes(changed));
  }

  private static Map<String, String> filesIn(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var file : entries) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void theFolderHoldsWhatTheSchemaSays() throws IOException {
    assertThat(filesIn(Path.of(ConstructSource.FOLDER)))
        .as(STALE)
        .isEqualTo(ConstructSource.files(bytes));
  }

  @Test
  void everythingOfTheSchemaThatATemplateCanGiveHasAClass() throws IOException {
    assertThat(ConstructSource.files(bytes))
        .containsOnlyKeys(
            "CannedAclForObjects.java",
            "CompressionType.java",
            "ConnectionTestProperty.java",
            "DataFormat.java",
            "DatePartitionDelimiter.java",
            "DatePartitionSequence.java",
            CONSTRUCT,
            PROPS,
            "EncodingType.java",
            "EncryptionMode.java",
            "ParquetVersion.java",
            SETTINGS);
  }

  @Test
  void everyPropertyHasABuilderMethodThatKeepsItUnderItsName() throws IOException {
    var files = ConstructSource.files(bytes);
    assertEachHasItsMethod(files.get(PROPS), schema);
    assertEachHasItsMethod(files.get(SETTINGS), schema.at("/definitions/S3Settings"));
    assertEachHasItsMethod(
        files.get("ConnectionTestProperty.java"), schema.at("/definitions/ConnectionTest"));
  }

  private void assertEachHasItsMethod(String source, JsonNode object) {
    var methods = new ParsedSource(source).literalsOfMethods();
    var names = new ArrayList<String>();
    object.get("properties").fieldNames().forEachRemaining(names::add);
    schema.get("readOnlyProperties").forEach(p -> names.remove(p.asText().substring(12)));
    assertThat(names).isNotEmpty();
    for (var name : names) {
      var method = JavaText.lowerCamel(name);
      assertThat(methods).containsKey(method);
      if (!name.equals("Tags")) {
        assertThat(methods.get(method)).as(method).contains(name);
      }
      methods.remove(method);
    }
    // Nothing but what a class of properties has beside them.
    assertThat(methods.keySet()).isSubsetOf("<init>", "builder", "values", "tags", "build");
    assertThat(methods.get("build"))
        .isEqualTo(object.has("required") ? required(object.get("required")) : Set.of());
  }

  /** What is required is asked for with the method that gives it. */
  private static Set<String> required(JsonNode names) {
    var expected = new LinkedHashSet<String>();
    names.forEach(
        name -> {
          expected.add(name.asText());
          expected.add(JavaText.lowerCamel(name.asText()));
        });
    return expected;
  }

  @Test
  void everyFileIsJava() throws IOException {
    ConstructSource.files(bytes).values().forEach(ParsedSource::new);
  }

  @Test
  void theConstructHasAnAttributeForEachReadOnlyProperty() throws IOException {
    var methods = new ParsedSource(ConstructSource.files(bytes).get(CONSTRUCT)).literalsOfMethods();

    assertThat(methods)
        .containsEntry("getAttrExternalId", Set.of("ExternalId"))
        .containsEntry("getAttrServiceAccessRoleArn", Set.of("ServiceAccessRoleArn"))
        .containsEntry("getAttrPolicyArn", Set.of("PolicyArn"))
        .containsEntry("getAttrStatus", Set.of("Status"))
        // Ref is the ARN.
        .containsEntry("getAttrEndpointArn", Set.of());
  }

  @Test
  void aPropertyThatIsNewInTheSchemaIsNewInTheConstruct() throws IOException {
    var files =
        filesOfChanged(
            s ->
                ((ObjectNode) s.at("/definitions/S3Settings/properties"))
                    .putObject("NewSetting")
                    .put("type", "string")
                    .put("description", "New."));

    assertThat(files.get(SETTINGS)).contains("public Builder newSetting(String newSetting) {");
  }

  @Test
  void aChangedLimitOrValueOrDescriptionIsChangedInTheConstruct() throws IOException {
    var files =
        filesOfChanged(
            s -> {
              var settings = (ObjectNode) s.at("/definitions/S3Settings/properties");
              ((ObjectNode) settings.get("MaxFileSize")).put("maximum", 5);
              ((ObjectNode) settings.get("DataFormat")).withArray("enum").add("orc-2.0");
              ((ObjectNode) settings.get("BucketFolder")).put("description", "Some folder.");
            });

    assertThat(files.get(SETTINGS))
        .contains("values.checkInteger(\"MaxFileSize\", 1, 5);", "     * Some folder.\n");
    assertThat(files.get("DataFormat.java")).contains("  ORC_2_0(\"orc-2.0\");\n");
  }

  @Test
  void whatAnUpdateDoesAndWhatIsNotReadBackIsSaid() throws IOException {
    var props = ConstructSource.files(bytes).get(PROPS);

    assertThat(props)
        .containsPattern(before("roleName", "Update requires: replacement."))
        .containsPattern(before("s3Settings", "Required. Update requires: some interruptions."))
        .containsPattern(
            before("connectionTest", "the resource is read. Update requires: no interruption."));
  }

  /** A comment that ends so, and the method after it. */
  private static String before(String method, String end) {
    return Pattern.quote(end) + "\\s+\\*/\\s+public Builder " + method;
  }

  @Test
  void aTypeUnderAnotherNameHasThatNameAndTheHashOfItsSchema()
      throws IOException, NoSuchAlgorithmException {
    var renamed =
        new String(bytes, UTF_8)
            .replace("AWS::Custom::DmsCrossAccountS3Endpoint", "Acme::Lake::Endpoint")
            .getBytes(UTF_8);

    var files = ConstructSource.files(renamed);

    assertThat(new ParsedSource(files.get(CONSTRUCT)).literals())
        .contains(
            "Acme::Lake::Endpoint",
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(renamed)));
    assertThat(files.values()).noneMatch(source -> source.contains("AWS::Custom"));
    // The classes keep their names, so that an app stays as it is.
    assertThat(files.keySet()).isEqualTo(ConstructSource.files(bytes).keySet());
  }

  @Test
  void whatTheSchemaSaysStaysTextWhateverItSays() throws IOException {
    var hostile = "*/ } \" \\u002a/ <b> @since & {@link x}";
    var files =
        filesOfChanged(
            s -> {
              s.put("typeName", "\"+\\u0022\n").put("description", hostile);
              ((ObjectNode) s.at("/properties/RoleName"))
                  .put("description", hostile)
                  .put("pattern", "\"\\");
            });

    files.values().forEach(ParsedSource::new);
    assertThat(new ParsedSource(files.get(CONSTRUCT)).literals()).contains("\"+\\u0022\n");
    assertThat(new ParsedSource(files.get(PROPS)).literals()).contains("\"\\");
  }

  @Test
  void aSchemaThatTheConstructCanNotSayIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                filesOfChanged(
                    s -> ((ObjectNode) s.at("/properties/RoleName")).put("type", "number")))
        .withMessage(
            "The endpoint: there is no kind of builder method for RoleName, of the type "
                + "\"number\".");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filesOfChanged(s -> s.remove("tagging")))
        .withMessage("The schema names no property for tags.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                filesOfChanged(
                    s ->
                        ((ObjectNode) s.get("properties"))
                            .putObject("DataFormat")
                            .put("type", "string")
                            .putArray("enum")
                            .add("csv")))
        .withMessage("Two classes of the construct would be named DataFormat.");
  }

  @Test
  void writingReplacesFilesAndDeletesThoseOfNothing(@TempDir Path project) throws IOException {
    Files.copy(SCHEMA_FILE, project.resolve("resource-schema.json"));
    var folder = Files.createDirectories(project.resolve(ConstructSource.FOLDER));
    Files.writeString(folder.resolve(CONSTRUCT), "old");
    Files.writeString(folder.resolve("Gone.java"), "old");

    ConstructSource.main(new String[] {project.toString()});

    assertThat(filesIn(folder)).isEqualTo(ConstructSource.files(bytes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConstructSource.main(new String[0]))
        .withMessage("Arguments: PROJECT-FOLDER");
  }

  /** Its policy lets a role in that the provider makes, with what DMS needs from a key. */
  @Test
  void theStatementForKeysHasPathAndActionsOfTheProvider() throws IOException {
    var literals =
        new ParsedSource(
                Files.readString(
                    CDK.resolve(
                        "src/main/java/software/amazon/custom/dmscrossaccounts3endpoint/cdk/KeyUse.java")))
            .literals();
    var policy =
        AccessPolicy.document(
            new EndpointNames(
                "aws", "eu-central-1", "111122223333", "444455556666", "id", "id", "r", "p", "/"),
            new S3Settings()
                .withBucketName("lake")
                .withServerSideEncryptionKmsKeyId("arn:aws:kms:r:1:key/k"),
            AccessPolicy.Options.NONE);

    assertThat(literals).contains(OwnershipTags.PATH);
    assertThat(literals.stream().filter(text -> text.startsWith("kms:")))
        .containsExactlyElementsOf(
            Pattern.compile("\"(kms:\\w+)\"")
                .matcher(policy)
                .results()
                .map(action -> action.group(1))
                .sorted()
                .toList())
        .hasSize(4);
  }

  @Test
  void theConstructHasTheVersionOfTheType() throws IOException {
    assertThat(version(CDK.resolve("pom.xml"))).isEqualTo(version(Path.of("pom.xml")));
  }

  /** The first version in a pom without a parent is the project's. */
  private static String version(Path pom) throws IOException {
    var matcher = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(pom));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
