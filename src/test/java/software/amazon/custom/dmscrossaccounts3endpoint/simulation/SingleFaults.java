package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Strike;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Trouble;

/**
 * Faults at every call: single faults exhaustively, for every scenario, dialect and call. A
 * subclass for each scenario, so that several run at once.
 */
abstract class SingleFaults {

  private final Scenario scenario;

  SingleFaults(Scenario scenario) {
    this.scenario = scenario;
  }

  @ParameterizedTest
  @EnumSource
  void afterAnySingleFaultTheResourceIsAsAskedOrAsBefore(HandshakeDialect dialect) {
    // In one account, and through a role with IAM enforced.
    try (var direct = new Simulation(scenario, PossibleAws.of(dialect));
        var assuming = new Simulation(scenario, PossibleAws.of(dialect).through(true))) {
      var failures = new ArrayList<String>();
      var calls = assuming.run(List.of(), RetryPolicy.STANDARD);
      for (var call = 1; call <= calls; call++) {
        for (var trouble : Trouble.values()) {
          // With CloudFormation's retries and without take turns.
          var retries =
              (call + trouble.ordinal()) % 2 == 0 ? RetryPolicy.STANDARD : RetryPolicy.NEVER;
          var simulation = (call + trouble.ordinal()) % 4 < 2 ? assuming : direct;
          try {
            simulation.run(List.of(new Strike(call, trouble)), retries);
          } catch (AssertionError | RuntimeException e) {
            failures.add(
                "%s at call %d of %d, %s, %s: %s"
                    .formatted(trouble, call, calls, retries, simulation.world(), e));
          }
        }
      }
      assertThat(failures).isEmpty();
    }
  }
}
