package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
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
  void anEmulatorIsToldByTheAddressThatTheSdkTakes() {
    assertThat(Leniency.of(null, Set.of("AWS_REGION", "PATH")).emulated()).isFalse();
    assertThat(Leniency.of("http://127.0.0.1:1", Set.of()).emulated()).isTrue();
    assertThat(Leniency.of(null, Set.of("PATH", "AWS_ENDPOINT_URL")).emulated()).isTrue();
    assertThat(Leniency.of(null, Set.of("AWS_ENDPOINT_URL_DATABASE_MIGRATION")).emulated())
        .isTrue();
    assertThat(Leniency.ofProcess())
        .isEqualTo(Leniency.of(System.getProperty("aws.endpointUrl"), System.getenv().keySet()));
  }
}
