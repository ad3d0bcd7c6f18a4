package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class CreateFaultsIT extends SingleFaults {
  CreateFaultsIT() {
    super(Scenario.CREATE);
  }
}
