package software.amazon.custom.dmscrossaccounts3endpoint.log;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the log when values of extra connection attributes are in what is logged. */
class InvocationLogTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final List<String> lines = new ArrayList<>();

  private InvocationLog logWithout(String... secrets) {
    return new InvocationLog(lines::add, () -> NOW, "CREATE", List.of(secrets));
  }

  private ObjectNode onlyLine() {
    assertThat(lines).hasSize(1);
    return json(lines.get(0));
  }

  @Test
  void call_valueIsTheStatusOfTheCall_numberStays() {
    logWithout("200").call(json("{'call': 'dms:CreateEndpoint', 'status': 200}"));

    assertThat(onlyLine().get("status").asInt()).isEqualTo(200);
  }

  @Test
  void call_valueIsTrue_booleanStaysAndTextIsRedacted() {
    logWithout("true").call(json("{'again': true, 'message': 'useTrue=true is wrong'}"));

    assertThat(onlyLine().get("again").isBoolean()).isTrue();
    assertThat(onlyLine().get("message").asText()).isEqualTo("useTrue=*** is wrong");
  }

  @Test
  void call_valueIsTheNameOfAField_fieldStays() {
    logWithout("status", "message").call(json("{'status': 400, 'message': 'the status'}"));

    assertThat(onlyLine().get("status").asInt()).isEqualTo(400);
    assertThat(onlyLine().get("message").asText()).isEqualTo("the ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"quoted\"", "back\\slash", "\\\"x", "line\nbreak", "\\\\\\", "{\"a\":"})
  void say_valueHasCharactersThatJsonEscapes_isRedacted(String value) {
    logWithout(value).say("DMS refused " + value + ", which is wrong");

    assertThat(onlyLine().get("message").asText()).isEqualTo("DMS refused ***, which is wrong");
  }

  @Test
  void call_valueIsPartOfLongerTextsInObjectsAndArrays_isRedactedEverywhere() {
    logWithout("secret")
        .call(
            json(
                "{'endpoints': [{'arn': 'a:secret:b', 'otherwise': {'CdcPath': 'secret'}},"
                    + " 'xsecret', 7, null]}"));

    assertThat(onlyLine().get("endpoints"))
        .isEqualTo(
            json("{'e': [{'arn': 'a:***:b', 'otherwise': {'CdcPath': '***'}}, 'x***', 7, null]}")
                .get("e"));
  }

  @Test
  void invocation_oneValueIsPartOfAnother_nothingOfTheLongerOneStays() {
    logWithout("abc", "abcdef").invocation(json("{'message': 'abcdef and abc'}"));

    assertThat(onlyLine().get("message").asText()).isEqualTo("*** and ***");
  }

  @Test
  void invocation_valueIsInTheHeader_headerStays() {
    var log = logWithout("2026", "CREATE", "invocation", "GRANT");
    log.enter("GRANT");

    log.invocation(json("{'message': 'CREATE in 2026'}"));

    assertThat(onlyLine())
        .isEqualTo(
            json(
                "{'time': '2026-01-02T03:04:05Z', 'kind': 'invocation', 'action': 'CREATE',"
                    + " 'phase': 'GRANT', 'calls': 0, 'message': '*** in ***'}"));
  }

  @Test
  void say_valueOfTwoCharacters_isNotRedacted() {
    logWithout("ab").say("ab");

    assertThat(onlyLine().get("message").asText()).isEqualTo("ab");
  }
}
