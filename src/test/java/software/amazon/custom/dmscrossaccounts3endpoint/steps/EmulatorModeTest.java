package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmulatorModeTest {

  @Test
  void onAwsAnEndpointWithoutAnExternalIdIsNeverDone() {
    assertThat(new EmulatorMode(false).accepts(1000)).isFalse();
  }

  @Test
  void anEmulatorIsGivenAFewLooksToBehaveAsAwsDoes() {
    assertThat(new EmulatorMode(true).accepts(4)).isFalse();
    assertThat(new EmulatorMode(true).accepts(5)).isTrue();
  }

  @Test
  void anEmulatorIsToldByItsSwitchAndNotByItsAddress() {
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
