package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;

class LeniencyTest {

  private static final Endpoint CREATING = Endpoint.builder().status("creating").build();

  @Test
  void onAwsAnEndpointIsDoneWhenItIsActiveAndHasAnExternalId() {
    var aws = new Leniency(false);
    assertThat(aws.acceptsAsActive(CREATING, 1000)).isFalse();
    assertThat(aws.acceptsWithoutExternalId(1000)).isFalse();
  }

  @Test
  void anEmulatorIsGivenAFewLooksToBehaveAsAwsDoes() {
    var emulator = new Leniency(true);
    assertThat(emulator.acceptsAsActive(CREATING, 3)).isFalse();
    assertThat(emulator.acceptsAsActive(CREATING, 4)).isTrue();
    assertThat(emulator.acceptsWithoutExternalId(3)).isFalse();
    assertThat(emulator.acceptsWithoutExternalId(4)).isTrue();
    assertThat(emulator.acceptsAsActive(Endpoint.builder().status("failed").build(), 100))
        .isFalse();
  }
}
