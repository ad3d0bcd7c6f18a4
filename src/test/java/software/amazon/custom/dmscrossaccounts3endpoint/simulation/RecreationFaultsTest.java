package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class RecreationFaultsTest extends SingleFaults {
  RecreationFaultsTest() {
    super(Scenario.UPDATE_BY_RECREATION);
  }
}
