package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainLogCommandTest {

  @TempDir private Path folder;

  @Test
  void call_logOfTheType_isExplained() throws IOException {
    var log =
        Files.writeString(
            folder.resolve("run.log"),
            "{\"time\":\"2026-01-01T00:00:00Z\",\"kind\":\"invocation\",\"action\":\"READ\","
                + "\"endpointArn\":\"arn:e\",\"status\":\"SUCCESS\"}\n");

    var output = Output.of("explain-log", log.toString());

    assertThat(output.exitCode()).isZero();
    assertThat(output.out()).contains("+0.0 s  READ arn:e", "It ended with SUCCESS.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"events\": [", "{\"a\": 1}", "a\u0000b"})
  void call_fileThatIsNoLog_isOneLineAndExitCodeTwo(String text) throws IOException {
    var log = Files.writeString(folder.resolve("run.log"), text);

    var output = Output.of("explain-log", log.toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    assertThat(output.errorLines())
        .singleElement()
        .asString()
        .startsWith("explain-log: the log " + log + " is ");
  }

  @Test
  void call_fileThatIsNotThere_isOneLineAndExitCodeTwo() {
    var output = Output.of("explain-log", folder.resolve("nowhere.log").toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.errorLines()).hasSize(1);
  }
}
