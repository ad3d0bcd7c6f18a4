package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class UpdateInPlaceFaultsIT extends SingleFaults {
  UpdateInPlaceFaultsIT() {
    super(Scenario.UPDATE_IN_PLACE);
  }
}
