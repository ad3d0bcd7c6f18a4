package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeniencyTest {

  @Test
  void onAwsAnEndpointWithoutAnExternalIdIsNeverDone() {
    assertThat(new Leniency(false).accepts(1000)).isFalse();
  }

  @Test
  void anEmulatorIsGivenAFewLooksToBehaveAsAwsDoes() {
    assertThat(new Leniency(true).accepts(4)).isFalse();
    assertThat(new Leniency(true).accepts(5)).isTrue();
  }

  @Test
  void anEmulatorIsToldByItsSwitchAndNotByItsAddress() {
    assertThat(Leniency.ofProcess().emulated()).isFalse();
    var address = System.getProperty("aws.endpointUrl");
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
    try {
      assertThat(Leniency.ofProcess().emulated()).isFalse();
      System.setProperty(Leniency.SWITCH, "true");
      assertThat(Leniency.ofProcess().emulated()).isTrue();
    } finally {
      System.clearProperty(Leniency.SWITCH);
      if (address == null) {
        System.clearProperty("aws.endpointUrl");
      } else {
        System.setProperty("aws.endpointUrl", address);
      }
    }
  }
}
