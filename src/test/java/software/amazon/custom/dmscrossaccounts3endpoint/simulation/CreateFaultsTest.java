package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class CreateFaultsTest extends SingleFaults {
  CreateFaultsTest() {
    super(Scenario.CREATE);
  }
}
