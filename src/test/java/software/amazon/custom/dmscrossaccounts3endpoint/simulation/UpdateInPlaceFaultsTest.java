package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;

class UpdateInPlaceFaultsTest extends SingleFaults {
  UpdateInPlaceFaultsTest() {
    super(Scenario.UPDATE_IN_PLACE);
  }
}
