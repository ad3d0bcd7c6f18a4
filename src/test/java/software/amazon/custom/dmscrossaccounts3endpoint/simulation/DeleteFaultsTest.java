package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class DeleteFaultsTest extends SingleFaults {
  DeleteFaultsTest() {
    super(Scenario.DELETE);
  }
}
