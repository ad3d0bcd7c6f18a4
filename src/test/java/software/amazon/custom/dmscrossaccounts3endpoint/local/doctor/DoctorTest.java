package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;

/** What the doctor says of accounts in which all is well. */
class DoctorTest {

  @ParameterizedTest
  @EnumSource(Layout.class)
  void whereAllIsWellEverythingIsFoundWell(Layout layout) throws Exception {
    try (var accounts = new DoctoredAccounts(layout)) {
      var diagnosis = accounts.examine();
      assertThat(DoctoredAccounts.complaints(diagnosis)).isEmpty();
      assertThat(diagnosis.isHealthy()).isTrue();
    }
  }
}
