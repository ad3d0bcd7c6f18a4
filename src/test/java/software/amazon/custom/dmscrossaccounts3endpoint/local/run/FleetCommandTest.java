package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class FleetCommandTest {

  @TempDir private Path folder;

  @Test
  void everyEnvironmentGetsItsEndpointsAndNothingIsLeft() throws IOException {
    var file = folder.resolve("fleet.html");

    var output =
        Output.of("fleet", "--endpoints", "2", "--propagation", "0", "--report", file.toString());

    assertThat(output.errorLines()).isEmpty();
    assertThat(output.exitCode()).isZero();
    assertThat(output.out())
        .contains("2 endpoints in each of 3 environments, 6 accounts")
        .containsPattern("created +6 of 6")
        .containsPattern("deleted +6 of 6")
        .containsPattern("dev +111122223333 +444455556666 +2 +\\d+ +\\d+ +\\d+\\.\\d")
        .containsPattern("prod +333344445555 +666677778888 +2 ")
        .containsPattern("all +6 ")
        .contains("left in 6 accounts: nothing");
    var run = Json.object(Jsoup.parse(file).select("#data").get(0).data());
    assertThat(run.path("endpoints").findValuesAsText("group"))
        .containsExactly("dev", "dev", "test", "test", "prod", "prod");
    assertThat(run.path("left")).hasSize(6).allSatisfy(a -> assertThat(a.path("arns")).isEmpty());
    assertThat(run.path("otherCalls")).isEmpty();
    assertThat(run.path("endpoints"))
        .allSatisfy(
            endpoint -> {
              assertThat(endpoint.path("trust")).hasSizeGreaterThan(1);
              assertThat(endpoint.path("ready").asDouble()).isPositive();
            });
  }
}
