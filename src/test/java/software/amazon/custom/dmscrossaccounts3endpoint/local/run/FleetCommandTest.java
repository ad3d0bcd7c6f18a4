package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetCommandTest {

  @Test
  void everyEnvironmentGetsItsEndpointsAndNothingIsLeft() {
    var output = Output.of("fleet", "--endpoints", "2", "--propagation", "0");

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
  }
}
