package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/** The log of a create, in each AWS, tells which AWS it was. */
class ExplanationTest {

  private static final String SECRET = "s3cr3t-attribute-value";

  private static List<String> logOf(UnaryOperator<LocalAwsBuilder> habit) {
    try (var accounts = TwoAccounts.start(habit)) {
      var model = model().put("ExtraConnectionAttributes", "someAttribute=" + SECRET);
      var created = succeeded(accounts.cloudFormation().create(model));
      succeeded(accounts.cloudFormation().delete(created));
      return accounts.log();
    }
  }

  private static String explained(List<String> log) {
    return String.join(
        "\n", new Explanation(LogFile.read(String.join("\n", log).getBytes(UTF_8))).lines());
  }

  @ParameterizedTest
  @CsvSource({
    "NOTHING_KEPT, nothing was kept of an answered CreateEndpoint",
    "KEPT_ACTIVE, was kept and became active",
    "KEPT_FAILED, the endpoint was kept as failed",
    "DENIED_THEN_FAILED, 'CreateEndpoint was denied, and the endpoint was kept as failed'",
    "NEW_ID_ON_SECOND_CALL, told another external id than the first"
  })
  void theDialectIsNamed(HandshakeDialect dialect, String sentence) {
    assertThat(explained(logOf(b -> b.dialect(dialect).propagation(Duration.ZERO))))
        .contains("CREATE arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake", sentence)
        .contains("DELETE arn:aws:dms", "It ended with SUCCESS")
        .contains("Does the first CreateEndpoint keep the endpoint?");
  }

  @ParameterizedTest
  @CsvSource({
    "BOTH, in the answers of CreateEndpoint and of DescribeEndpoints",
    "CREATE_ANSWER, in the answer of CreateEndpoint only",
    "DESCRIBE, by DescribeEndpoints only"
  })
  void whereTheIdWasShownIsSaid(ExternalIdShown shown, String sentence) {
    var log = logOf(b -> b.externalIdShown(shown).dialect(HandshakeDialect.KEPT_ACTIVE));
    assertThat(explained(log)).contains(sentence);
  }

  @Test
  void whetherTheFallbackWasNeededIsSaid() {
    assertThat(explained(logOf(b -> b))).contains("source conditions sufficed");
    assertThat(explained(logOf(b -> b.sourceKeys(false)))).contains("fallback without them");
  }

  @Test
  void howLongIamTookIsSaid() {
    var explained =
        explained(
            logOf(
                b -> b.dialect(HandshakeDialect.KEPT_ACTIVE).propagation(Duration.ofSeconds(10))));
    assertThat(explained)
        .containsPattern("seen by DMS within 1\\d seconds; CreateEndpoint was denied \\d times")
        .contains("Errors of AWS: dms:CreateEndpoint AccessDeniedFault");
  }

  @Test
  void settingsThatCameBackOtherwiseAreNamed() {
    assertThat(explained(logOf(b -> b)))
        .contains("came back otherwise than asked for: CompressionType (other)");
    assertThat(explained(logOf(b -> b.notShown(Set.of("ExpectedBucketOwner")))))
        .contains("ExpectedBucketOwner (absent)");
  }

  @Test
  void oldAnswersAreSaid() {
    var look =
        "{\"time\":\"2026-01-01T00:00:0%dZ\",\"kind\":\"call\",\"call\":\"dms:DescribeEndpoints\"%s}";
    var there = ",\"endpoints\":[{\"arn\":\"a\",\"status\":\"active\"}]";
    var end =
        "{\"time\":\"2026-01-01T00:00:09Z\",\"kind\":\"invocation\",\"action\":\"READ\",\"status\":\"SUCCESS\"}";
    assertThat(
            explained(
                List.of(
                    look.formatted(1, there),
                    look.formatted(2, ""),
                    look.formatted(3, there),
                    end)))
        .contains("Old answers", "How old are answers?");
    assertThat(explained(List.of(look.formatted(1, there), look.formatted(2, ""), end)))
        .doesNotContain("Old answers");
  }

  @Test
  void noAttributeIsInTheLog() {
    assertThat(logOf(b -> b)).isNotEmpty().noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void everyLineOfACallSaysWhoCalledWhatAndHowItWent() {
    assertThat(logOf(b -> b))
        .filteredOn(line -> line.contains("\"call\":\"dms:CreateEndpoint\""))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "\"phase\":\"HANDSHAKE\"",
                        "\"status\":",
                        "\"requestId\":",
                        "\"milliseconds\":",
                        "\"attempts\":1"));
  }

  @Test
  void theAnswerOfFilterLogEventsIsReadAndOtherLinesAreCounted() {
    var log = logOf(b -> b);
    var events = JsonNodeFactory.instance.objectNode();
    var list = events.putArray("events");
    log.forEach(line -> list.addObject().put("message", line));
    list.addObject().put("message", "START RequestId: 1");
    assertThat(
            String.join(
                "\n", new Explanation(LogFile.read(events.toString().getBytes(UTF_8))).lines()))
        .contains("CREATE arn:")
        .containsPattern("\\d+ lines of the type, \\d+ others");
    assertThat(explained(List.of("no log", "{\"a\": 1}")))
        .contains("No operation of the type", "0 lines of the type, 2 others");
  }

  private static String line(int second, String kind, String fields) {
    return "{\"time\":\"2026-01-01T00:00:%02d.500Z\",\"kind\":\"%s\",\"action\":\"CREATE\",%s}"
        .formatted(second, kind, fields);
  }

  @Test
  void lines_anyOperation_haveTheirTimeSinceTheFirst() {
    var log =
        List.of(
            line(1, "call", "\"call\":\"sts:AssumeRole\""),
            line(3, "call", "\"call\":\"iam:CreateRole\",\"error\":\"Throttling\""),
            line(9, "invocation", "\"endpointArn\":\"arn:e\",\"status\":\"SUCCESS\""));

    assertThat(explained(log).lines())
        .startsWith(
            "   +0.0 s  CREATE arn:e",
            "   +2.0 s    Errors of AWS: iam:CreateRole Throttling × 1.",
            "   +8.0 s    It ended with SUCCESS.");
  }

  @Test
  void lines_createInTheLocalAws_areInTheOrderOfTheirTimes() {
    var times =
        explained(logOf(b -> b))
            .lines()
            .takeWhile(text -> !text.contains("DELETE arn"))
            .map(text -> Double.parseDouble(text.strip().split(" ")[0]))
            .toList();

    assertThat(times).isSorted().startsWith(0.0).hasSizeGreaterThan(5);
    assertThat(times.get(times.size() - 1)).isPositive();
  }

  @Test
  void lines_operationCutOffBetweenInvocations_isUnfinished() {
    var log =
        List.of(
            line(1, "call", "\"call\":\"sts:AssumeRole\""),
            line(2, "invocation", "\"endpointArn\":\"arn:e\",\"status\":\"IN_PROGRESS\""));

    assertThat(explained(log).lines())
        .startsWith(
            "   +0.0 s  CREATE arn:e",
            "   +1.0 s    It is unfinished: the log does not have its end.");
  }

  @Test
  void lines_operationCutOffWithinAnInvocation_isUnfinished() {
    var call = "\"call\":\"dms:DescribeEndpoints\",\"endpoints\":[{\"arn\":\"arn:e\"}]";
    var before = line(1, "invocation", "\"endpointArn\":\"arn:e\",\"status\":\"IN_PROGRESS\"");

    assertThat(explained(List.of(before, line(3, "call", call))).lines())
        .startsWith(
            "   +0.0 s  CREATE arn:e",
            "   +2.0 s    It is unfinished: the log does not have its end.");
    assertThat(explained(List.of(line(3, "call", "\"call\":\"sts:AssumeRole\""))).lines())
        .startsWith(
            "   +0.0 s  CREATE", "   +0.0 s    It is unfinished: the log does not have its end.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty",
        "' \n' | is empty",
        "'{\"events\": [{\"message\": \"{}\"' | is not JSON: ",
        "'{\n\"a\": 1}' | is JSON, but neither lines",
        "'[1, 2]' | is JSON, but neither"
      })
  void read_whatIsNoLog_isRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogFile.read(text.replace("\\n", "\n").getBytes(UTF_8)))
        .withMessageStartingWith(message);
  }

  @Test
  void read_binaryFile_isRefused() {
    for (var binary : List.of(new byte[] {'a', 0, 'b'}, new byte[] {'{', (byte) 0xC3, '}'})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LogFile.read(binary))
          .withMessage("is not a text file in UTF-8");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogFile.read(new byte[] {0x1f, (byte) 0x8b, 8, 0}))
        .withMessage("is a gzip file: unpack it first");
  }

  @Test
  void read_lineWithAWrongTime_isNotOfTheType() {
    var line = "{\"time\":\"yesterday\",\"kind\":\"call\"}";

    assertThat(explained(List.of("a", line))).contains("0 lines of the type, 2 others");
  }
}
