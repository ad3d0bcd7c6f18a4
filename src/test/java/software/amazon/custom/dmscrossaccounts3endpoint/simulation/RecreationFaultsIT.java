package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class RecreationFaultsIT extends SingleFaults {
  RecreationFaultsIT() {
    super(Scenario.UPDATE_BY_RECREATION);
  }
}
