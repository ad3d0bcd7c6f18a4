package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmulatorModeTest {

  @Test
  void acceptsMissingId_aws_isFalse() {
    assertThat(new EmulatorMode(false).acceptsMissingId(1000)).isFalse();
  }

  @Test
  void acceptsMissingId_emulator_isTrueAfterFiveAnswers() {
    assertThat(new EmulatorMode(true).acceptsMissingId(4)).isFalse();
    assertThat(new EmulatorMode(true).acceptsMissingId(5)).isTrue();
  }

  @Test
  void ofProcess_switchIsSet_isEmulated() {
    assertThat(EmulatorMode.ofProcess().emulated()).isFalse();
    var address = System.getProperty("aws.endpointUrl");
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
    try {
      assertThat(EmulatorMode.ofProcess().emulated()).isFalse();
      System.setProperty(EmulatorMode.SWITCH, "true");
      assertThat(EmulatorMode.ofProcess().emulated()).isTrue();
    } finally {
      System.clearProperty(EmulatorMode.SWITCH);
      if (address == null) {
        System.clearProperty("aws.endpointUrl");
      } else {
        System.setProperty("aws.endpointUrl", address);
      }
    }
  }
}
