package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.GeneratedServiceMetadataProvider;
import software.amazon.awssdk.regions.Region;

class ServicesThatAreCalledTest {

  @ParameterizedTest
  @ValueSource(strings = {"dms", "iam", "sts", "monitoring", "logs"})
  void saysWhatTheTableOfAllServicesSays(String service) {
    var here = new ServicesThatAreCalled().serviceMetadata(service);
    var there = new GeneratedServiceMetadataProvider().serviceMetadata(service);

    assertThat(here).hasSameClassAs(there);
    for (var region : Region.regions()) {
      assertThat(here.endpointFor(region)).isEqualTo(there.endpointFor(region));
      assertThat(here.signingRegion(region)).isEqualTo(there.signingRegion(region));
    }
  }

  @Test
  void knowsNoOther() {
    assertThat(new ServicesThatAreCalled().serviceMetadata("s3")).isNull();
  }
}
