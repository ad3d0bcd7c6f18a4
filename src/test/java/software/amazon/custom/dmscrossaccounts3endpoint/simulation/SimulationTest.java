package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Strike;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Trouble;

/**
 * Pairs of faults by seed: {@code -Dsimulation.seeds=N} says how many seeds, {@code
 * -Dsimulation.seed=N} replays one. Each run has other seeds.
 */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 2000);

  @Test
  void afterAnyPairOfFaultsTheResourceIsAsAskedOrAsBefore() {
    var replayed = Long.getLong("simulation.seed");
    var seeds =
        replayed == null
            ? new Random().longs(SEEDS, 0, Integer.MAX_VALUE).boxed().toList()
            : List.of(replayed);
    var failures = new ArrayList<String>();
    for (var seed : seeds) {
      try {
        run(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        failures.add("replay with -Dsimulation.seed=%d: %s".formatted(seed, e));
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void run(Random random) {
    var scenario = pick(random, Scenario.values());
    var dialect = pick(random, HandshakeDialect.values());
    var retries = random.nextBoolean() ? RetryPolicy.STANDARD : RetryPolicy.NEVER;
    var strikes =
        List.of(
            new Strike(1 + random.nextInt(40), pick(random, Trouble.values())),
            new Strike(1 + random.nextInt(60), pick(random, Trouble.values())));
    try (var simulation = new Simulation(scenario, dialect, retries)) {
      simulation.run(strikes);
    }
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
