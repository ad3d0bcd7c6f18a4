package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Strike;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Trouble;

/**
 * None, one or two faults in any AWS, by seed: {@code -Dsimulation.seeds=N} says how many seeds,
 * {@code -Dsimulation.first=N} with which they begin, {@code -Dsimulation.seed=N} replays one. The
 * build has the same seeds each time; a nightly run begins with the date.
 */
class SimulationIT {

  /** Sequences of small seeds that follow each other begin alike; of far ones they don't. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 400);
  private static final long FIRST = Long.getLong("simulation.first", 1);

  /** How many calls an operation makes undisturbed: a fault beyond them would strike nothing. */
  private static final Map<String, Integer> CALLS = new ConcurrentHashMap<>();

  @Test
  void afterAnyFaultsInAnyAwsTheResourceIsAsAskedOrAsBefore() {
    var replayed = Long.getLong("simulation.seed");
    var seeds =
        replayed == null
            ? LongStream.range(FIRST, FIRST + SEEDS).boxed().toList()
            : List.of(replayed);
    var failures = new ArrayList<String>();
    for (var seed : seeds) {
      try {
        run(new Random(seed * GOLDEN));
      } catch (AssertionError | RuntimeException e) {
        failures.add("replay with -Dsimulation.seed=%d: %s".formatted(seed, e));
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void run(Random random) {
    var scenario = PossibleAws.pick(random, List.of(Scenario.values()));
    var world = PossibleAws.any(random);
    var retries = random.nextBoolean() ? RetryPolicy.STANDARD : RetryPolicy.NEVER;
    var strikes = new ArrayList<Strike>();
    for (var i = random.nextInt(3); i > 0; i--) {
      var call = 1 + random.nextInt(calls(scenario, world));
      strikes.add(new Strike(call, PossibleAws.pick(random, List.of(Trouble.values()))));
    }
    try (var simulation = new Simulation(scenario, world)) {
      simulation.run(strikes, retries);
    }
  }

  private static int calls(Scenario scenario, PossibleAws world) {
    var steady = new PossibleAws(world.dialect(), world.shown(), false, 0, 0, world.assumed());
    return CALLS.computeIfAbsent(
        scenario + " " + steady,
        key -> {
          try (var undisturbed = new Simulation(scenario, steady)) {
            return undisturbed.run(List.of(), RetryPolicy.STANDARD);
          }
        });
  }
}
