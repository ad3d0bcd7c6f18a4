package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.SystemProperty;

class WarmUpTest {

  private static void await(String thread) throws InterruptedException {
    for (var running : Thread.getAllStackTraces().keySet()) {
      if (running.getName().equals(thread)) {
        running.join(Duration.ofMinutes(1).toMillis());
      }
    }
  }

  @Test
  @SuppressWarnings("try") // the property is there while it is open
  void makesTheClientsAndCallsNothing() throws InterruptedException {
    try (var aws = LocalAws.builder().account("111122223333").start();
        var endpointUrl = SystemProperty.set("aws.endpointUrl", aws.endpoint().toString())) {
      var clients = new AwsClients(d -> d);
      WarmUp.start(clients, "eu-central-1");
      await("warm-up");

      assertThat(clients.dms("eu-central-1")).isSameAs(clients.dms("eu-central-1"));
      assertThat(aws.calls()).isEmpty();
    }
  }

  @Test
  void aRegionThatIsNoneDisturbsNobody() throws InterruptedException {
    WarmUp.start(new AwsClients(d -> d), "no region");
    await("warm-up");
  }
}
