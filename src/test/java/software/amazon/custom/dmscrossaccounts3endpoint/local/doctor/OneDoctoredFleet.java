package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;

/** Accounts for the doctor, started once for a class and healed before each test. */
abstract class OneDoctoredFleet {

  static DoctoredAccounts accounts;

  @BeforeAll
  static void start() {
    accounts = DoctoredAccounts.start(Layout.CENTRAL);
  }

  @AfterAll
  static void stop() {
    accounts.close();
  }

  @BeforeEach
  void heal() {
    accounts.heal();
  }
}
