package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.OneRequestMain;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * Which folder the runtime empties. Each test starts a JVM; {@link OneRequestMain} handles no event
 * where it would empty the machine's own temporary folder.
 */
class PrivateTemporaryFolderTest {

  /** It brings no credentials, so that it ends before AWS is called. */
  private static final String READ =
      json("{'action': 'READ', 'region': 'eu-central-1', 'awsAccountId': '111122223333',"
              + " 'requestData': {'resourceProperties': {'EndpointArn': 'none'}}}")
          .toString();

  private static final String TEST_READ =
      json("{'action': 'READ', 'request': {'region': 'eu-central-1',"
              + " 'awsAccountId': '111122223333',"
              + " 'desiredResourceState': {'EndpointArn': 'none'}}}")
          .toString();

  @TempDir private Path folder;

  /** The lines that {@link OneRequestMain} prints. */
  private record Run(
      Path before, Path after, boolean keepsBefore, boolean keepsAfter, String answer) {}

  private static Run run(Map<String, String> environment, List<String> options, String... args)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(OneRequestMain.class.getName());
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("AWS_") || name.equals("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    var process = builder.start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("exit code after %s", printed).isZero();
    var lines = printed.lines().toList();
    return new Run(
        Path.of(lines.get(0)),
        Path.of(lines.get(1)),
        Boolean.parseBoolean(lines.get(2)),
        Boolean.parseBoolean(lines.get(3)),
        lines.get(4));
  }

  private static void assertHandled(Run run) {
    assertThat(json(run.answer()).get("errorCode").asText()).isEqualTo("InvalidCredentials");
  }

  @Test
  void handleRequest_outsideLambda_emptiesAFolderOfItsOwn()
      throws IOException, InterruptedException {
    var run = run(Map.of(), List.of(), Provider.TYPE_FUNCTION, READ);

    assertHandled(run);
    assertThat(run.after()).isNotEqualTo(run.before());
    assertThat(run.keepsBefore()).isTrue();
    assertThat(run.keepsAfter()).isFalse();
    assertThat(run.after()).as("the folder once the JVM has ended").doesNotExist();
  }

  @Test
  void testEntrypoint_outsideLambda_hasAFolderOfItsOwn() throws IOException, InterruptedException {
    var run = run(Map.of(), List.of(), Provider.TEST_ENTRYPOINT, TEST_READ);

    assertHandled(run);
    assertThat(run.after()).isNotEqualTo(run.before());
    assertThat(run.keepsBefore()).isTrue();
    assertThat(run.after()).as("the folder once the JVM has ended").doesNotExist();
  }

  @Test
  void handleRequest_outsideLambdaWithAFolderByOption_leavesThatAlone()
      throws IOException, InterruptedException {
    var run =
        run(
            Map.of(),
            List.of("-Djava.io.tmpdir=" + folder),
            Provider.TYPE_FUNCTION,
            READ,
            folder.toString());

    assertHandled(run);
    assertThat(run.before()).isEqualTo(folder);
    assertThat(run.after()).hasParentRaw(folder).doesNotExist();
    assertThat(run.keepsBefore()).isTrue();
  }

  @Test
  void handleRequest_inLambda_emptiesTheFolderOfTheContainer()
      throws IOException, InterruptedException {
    var run =
        run(
            Map.of("AWS_LAMBDA_FUNCTION_NAME", "type-function"),
            List.of("-Djava.io.tmpdir=" + folder),
            Provider.TYPE_FUNCTION,
            READ,
            folder.toString());

    assertHandled(run);
    assertThat(run.before()).isEqualTo(folder);
    assertThat(run.after()).isEqualTo(folder);
    assertThat(run.keepsBefore()).isFalse();
    assertThat(folder.resolve("folder/file.txt")).as("what the JVM left").hasContent("left");
  }
}
