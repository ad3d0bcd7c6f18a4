package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.assertSettings;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Every valid model makes it through its life; every invalid one gets an answer that helps, and
 * changes nothing.
 */
abstract class ModelProperties {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<HandlerErrorCode> HELPFUL =
      Set.of(
          HandlerErrorCode.InvalidRequest,
          HandlerErrorCode.AccessDenied,
          HandlerErrorCode.NotFound,
          HandlerErrorCode.InvalidTypeConfiguration);

  private static final int LIVES_OF_ONE_AWS = 20;

  private static TwoAccounts accounts;
  private static int number;

  @BeforeContainer
  static void start() {
    accounts = TwoAccounts.start();
  }

  @AfterContainer
  static void close() {
    accounts.close();
  }

  // Valid models

  static void live(ObjectNode settings, ObjectNode others) {
    if (number++ % LIVES_OF_ONE_AWS == 0) {
      // Every session that was ever opened is looked for in every event.
      close();
      start();
    }
    var cloudFormation = accounts.cloudFormation();
    var model = json("{'DataLakeRoleArn': '%s'}".formatted(TwoAccounts.LAKE_ROLE));
    model.set("S3Settings", settings);

    var created = succeeded(cloudFormation.create(model));
    assertSettings(created, settings);
    var arn = created.get("EndpointArn").asText();
    assertThat(succeeded(cloudFormation.read(byArn(arn)))).isEqualTo(created);
    var wanted = model.deepCopy().put("EndpointArn", arn);
    wanted.set("S3Settings", others);
    var updated = succeeded(cloudFormation.update(wanted, model));
    assertSettings(updated, others);
    assertThat(updated.get("EndpointArn").asText()).isEqualTo(arn);
    succeeded(cloudFormation.delete(updated));
    assertThat(accounts.roles()).isEmpty();
    accounts.aws().forgetCalls();
  }

  @Provide
  Arbitrary<ObjectNode> validSettings() {
    var names = settingNames().filter(n -> !n.equals("BucketName")).toList();
    return Arbitraries.subsetOf(names)
        .flatMap(
            chosen ->
                Combinators.combine(chosen.stream().map(ModelProperties::validValue).toList())
                    .as(
                        values -> {
                          var settings = json("{'BucketName': 'example-data-lake'}");
                          var value = values.iterator();
                          chosen.forEach(name -> settings.set(name, value.next()));
                          return consistent(settings);
                        }));
  }

  private static Stream<String> settingNames() {
    return StreamSupport.stream(
        ((Iterable<String>) () -> HandlerSchema.s3Settings().fieldNames()).spliterator(), false);
  }

  private static Arbitrary<JsonNode> validValue(String name) {
    var schema = HandlerSchema.s3Settings().get(name);
    if (schema.has("enum")) {
      // Public ACLs have to be allowed by the type configuration.
      return Arbitraries.of(
          StreamSupport.stream(schema.get("enum").spliterator(), false)
              .filter(v -> !v.asText().matches("public-.*|authenticated-read"))
              .toList());
    }
    return switch (name) {
      case "ExpectedBucketOwner" -> text(Arbitraries.of("444455556666", "000011112222"));
      case "ServerSideEncryptionKmsKeyId" ->
          text(
              Arbitraries.of(
                  "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-3333-4444-555555555555",
                  "11111111-2222-3333-4444-555555555555",
                  "mrk-1234abcd12ab34cd56ef1234567890ab"));
      case "DatePartitionTimezone" ->
          text(Arbitraries.of("UTC", "Europe/Berlin", "America/Argentina/Ushuaia"));
      default ->
          switch (schema.get("type").asText()) {
            case "boolean" -> Arbitraries.of(true, false).map(JSON::<JsonNode>valueToTree);
            case "integer" ->
                Arbitraries.integers()
                    .between(schema.get("minimum").asInt(), schema.get("maximum").asInt())
                    .map(JSON::<JsonNode>valueToTree);
            default ->
                text(
                    Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars("_-/|,")
                        .ofMinLength(1)
                        .ofMaxLength(30));
          };
    };
  }

  private static Arbitrary<JsonNode> text(Arbitrary<String> texts) {
    return texts.map(JSON::valueToTree);
  }

  /** Mends what rules across properties forbid. */
  private static ObjectNode consistent(ObjectNode settings) {
    var kms = settings.path("EncryptionMode").asText().equals("sse-kms");
    if (kms && !settings.has("ServerSideEncryptionKmsKeyId")) {
      settings.put("ServerSideEncryptionKmsKeyId", "11111111-2222-3333-4444-555555555555");
    } else if (!kms) {
      settings.remove("ServerSideEncryptionKmsKeyId");
    }
    if (settings.path("CdcInsertsOnly").asBoolean()) {
      settings.remove("CdcInsertsAndUpdates");
    }
    if (settings.path("PreserveTransactions").asBoolean() && !settings.has("CdcPath")) {
      settings.put("CdcPath", "cdc");
    }
    return settings;
  }

  // Invalid models

  /** A change that makes a model invalid, and the property that the message has to name. */
  record Damage(String property, String pointer, JsonNode value) {
    ObjectNode on(ObjectNode model) {
      var parts = pointer.split("/");
      var parent = model;
      for (var i = 0; i < parts.length - 1; i++) {
        parent = parent.withObjectProperty(parts[i]);
      }
      parent.set(parts[parts.length - 1], value);
      return model;
    }
  }

  static void refuse(Damage damage) {
    var model = damage.on(TwoAccounts.model());

    var outcome = accounts.cloudFormation().create(model);

    assertThat(outcome.errorCode()).as(outcome.toString()).isPresent();
    assertThat(HELPFUL).as(outcome.toString()).contains(outcome.errorCode().get());
    assertThat(outcome.message()).containsIgnoringCase(damage.property());
    assertThat(accounts.roles()).isEmpty();
    assertThat(accounts.endpoints()).isEmpty();
  }

  @Provide
  Arbitrary<Damage> damages() {
    var settings = settingNames().toList();
    var wrongTypes =
        Arbitraries.of(settings)
            .flatMap(
                name ->
                    wrongValue(HandlerSchema.s3Settings().get(name))
                        .map(v -> new Damage(name, "S3Settings/" + name, v)));
    var unknown =
        Arbitraries.strings()
            .alpha()
            .ofMinLength(3)
            .ofMaxLength(20)
            .map(name -> "Zz" + name)
            .flatMap(
                name ->
                    Arbitraries.of(name, "S3Settings/" + name)
                        .map(pointer -> new Damage(name, pointer, JSON.valueToTree("x"))));
    var texts =
        Arbitraries.of(
                "EndpointIdentifier",
                "ResourceIdentifier",
                "Environment",
                "DataLakeRoleArn",
                "DmsRoleArn",
                "RoleName",
                "PolicyName",
                "PermissionsBoundaryArn")
            .flatMap(name -> badText().map(v -> new Damage(name, name, JSON.valueToTree(v))));
    var identifiers =
        Arbitraries.of("EndpointIdentifier", "ResourceIdentifier")
            .flatMap(
                name ->
                    Arbitraries.of("-", "a--b", "a-", "1a", "a_b", "-a")
                        .map(v -> new Damage(name, name, JSON.valueToTree(v))));
    var arns =
        Arbitraries.of("DataLakeRoleArn", "DmsRoleArn", "PermissionsBoundaryArn")
            .flatMap(name -> foreignArn().map(v -> new Damage(name, name, JSON.valueToTree(v))));
    return Arbitraries.oneOf(wrongTypes, unknown, texts, identifiers, arns, contradictions());
  }

  private static Arbitrary<JsonNode> wrongValue(JsonNode schema) {
    var object = json("{'v': {'a': 1}, 'w': [1, 2], 'x': 'no such value'}");
    if (schema.has("enum")) {
      return Arbitraries.of(object.get("v"), object.get("w"), object.get("x"));
    }
    return switch (schema.get("type").asText()) {
      case "integer" ->
          Arbitraries.of(
              object.get("v"),
              object.get("w"),
              object.get("x"),
              JSON.valueToTree(-5),
              JSON.valueToTree(99_999_999_999L));
      case "boolean" -> Arbitraries.of(object.get("v"), object.get("w"), object.get("x"));
      default ->
          Arbitraries.of(object.get("v"), object.get("w"), JSON.valueToTree("x".repeat(70_000)));
    };
  }

  private static Arbitrary<String> badText() {
    return Arbitraries.oneOf(
        Arbitraries.of("", " ", "端点", "Ünïcödé", "a b", "a\nb", "\u0000", "${AWS::Region}"),
        Arbitraries.strings().withCharRange('\u0400', '\u04ff').ofMinLength(1).ofMaxLength(40),
        Arbitraries.of("x".repeat(3000) + "!"));
  }

  private static Arbitrary<String> foreignArn() {
    return Arbitraries.of(
        "arn:aws-cn:iam::444455556666:role/lake",
        "arn:aws:s3:::bucket",
        "arn:aws:iam::444455556666:user/somebody",
        "arn:aws:iam::4444:role/lake",
        "arn:aws:iam:eu-central-1:444455556666:role/lake",
        "arn:aws:sts::444455556666:assumed-role/lake/session",
        "arn:aws:dms:eu-central-1:444455556666:endpoint:x",
        "role/lake",
        "arn:aws:iam::444455556666:role/");
  }

  private static Arbitrary<Damage> contradictions() {
    return Arbitraries.of(
        new Damage("EncryptionMode", "S3Settings/EncryptionMode", JSON.valueToTree("sse-kms")),
        new Damage(
            "ServerSideEncryptionKmsKeyId",
            "S3Settings/ServerSideEncryptionKmsKeyId",
            JSON.valueToTree("1234-5678")),
        new Damage("CdcPath", "S3Settings/PreserveTransactions", JSON.valueToTree(true)),
        new Damage(
            "ExtraConnectionAttributes",
            "ExtraConnectionAttributes",
            JSON.valueToTree("CompressionType=none")),
        new Damage(
            "ExtraConnectionAttributes",
            "ExtraConnectionAttributes",
            JSON.valueToTree("encryptionMode=sse-s3")),
        new Damage(
            "ExtraConnectionAttributes",
            "ExtraConnectionAttributes",
            JSON.valueToTree("bucketName=other")),
        new Damage(
            "ReplicationInstanceArn",
            "ConnectionTest/ReplicationInstanceArn",
            JSON.valueToTree("arn:aws:dms:us-east-1:111122223333:rep:x")),
        new Damage(
            "ReplicationInstanceArn",
            "ConnectionTest/ReplicationInstanceArn",
            JSON.valueToTree("arn:aws:dms:eu-central-1:999999999999:rep:x")),
        new Damage("ReplicationInstanceArn", "ConnectionTest", JSON.valueToTree(Map.of())),
        new Damage(
            "Tags",
            "Tags",
            JSON.valueToTree(
                List.of(Map.of("Key", "a", "Value", "1"), Map.of("Key", "a", "Value", "2")))),
        new Damage("Tags", "Tags", JSON.valueToTree(List.of(Map.of("Key", "a")))),
        new Damage("Tags", "Tags", JSON.valueToTree("a=b")),
        new Damage("Environment", "Environment", JSON.valueToTree("nowhere")),
        new Damage("S3Settings", "S3Settings", JSON.valueToTree(List.of())),
        new Damage("BucketName", "S3Settings", JSON.valueToTree(Map.of())));
  }

  // Requests that are none

  @Example
  void whatIsNoRequestIsAnsweredToo() {
    var request =
        """
        {"action": "%s", "region": %s, "awsAccountId": "111122223333", "bearerToken": "t", "requestData": %s}
        """;
    for (var function : List.of(Provider.TYPE_FUNCTION, Provider.TEST_ENTRYPOINT)) {
      for (var text :
          List.of(
              "",
              "null",
              "[]",
              "42",
              "{",
              "{}",
              "\"text\"",
              "{\"action\": \"CREATE\"}",
              "{\"__COMPRESSED__\": \"no\"}",
              "[".repeat(5000),
              request.formatted("CREATE", "\"eu-central-1\"", "null"),
              request.formatted("CREATE", "\"eu-central-1\"", "{}"),
              request.formatted("CREATE", "null", "{\"resourceProperties\": {}}"),
              request.formatted("NONSENSE", "\"eu-central-1\"", "{\"resourceProperties\": {}}"),
              request.formatted("CREATE", "\"moon\"", "{\"resourceProperties\": {}}"),
              request.formatted("READ", "\"eu-central-1\"", "{\"resourceProperties\": null}"),
              request.formatted("LIST", "\"eu-central-1\"", "{}"),
              request.formatted(
                  "DELETE", "\"eu-central-1\"", "{\"resourceProperties\": {\"Tags\": 1}}"))) {
        var answer =
            read(accounts.provider().invoke(function, text.getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.get("status").asText()).as(text).isEqualTo("FAILED");
        assertThat(answer.get("errorCode").asText())
            .as("%s: %s", text, answer)
            .isNotIn("InternalFailure", "HandlerInternalFailure");
        assertThat(answer.get("message").asText()).as(text).isNotBlank();
      }
    }
  }

  private static JsonNode read(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
