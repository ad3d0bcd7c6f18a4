package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class DeleteFaultsIT extends SingleFaults {
  DeleteFaultsIT() {
    super(Scenario.DELETE);
  }
}
