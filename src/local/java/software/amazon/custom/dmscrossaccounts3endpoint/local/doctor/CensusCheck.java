package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;

/** Whether the endpoints of every DMS account could be listed. */
record CensusCheck(EndpointCensus census) implements Check {

  @Override
  public List<Finding> findings() {
    return census.failures().entrySet().stream()
        .map(
            failed ->
                Subject.of(
                        failed.getKey().environment(),
                        "endpoints of account " + failed.getKey().account())
                    .notChecked(failed.getValue()))
        .toList();
  }
}
