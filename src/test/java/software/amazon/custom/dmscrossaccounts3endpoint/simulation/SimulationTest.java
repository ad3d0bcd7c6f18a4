package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.RetryPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Scenario;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Strike;
import software.amazon.custom.dmscrossaccounts3endpoint.simulation.Simulation.Trouble;

/**
 * Faults at every call. Single faults exhaustively, pairs by seed: {@code -Dsimulation.seeds=N}
 * says how many seeds, {@code -Dsimulation.seed=N} replays one.
 */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);

  static Stream<Arguments> scenarios() {
    return Arrays.stream(Scenario.values())
        .flatMap(
            scenario ->
                Arrays.stream(HandshakeDialect.values())
                    .map(dialect -> Arguments.of(scenario, dialect)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void afterAnySingleFaultTheResourceIsAsAskedOrAsBefore(
      Scenario scenario, HandshakeDialect dialect) {
    int calls;
    try (var undisturbed = new Simulation(scenario, dialect, RetryPolicy.STANDARD)) {
      calls = undisturbed.run(List.of());
    }
    var failures = new ArrayList<String>();
    for (var call = 1; call <= calls; call++) {
      for (var trouble : Trouble.values()) {
        for (var retries : List.of(RetryPolicy.STANDARD, RetryPolicy.NEVER)) {
          try (var simulation = new Simulation(scenario, dialect, retries)) {
            simulation.run(List.of(new Strike(call, trouble)));
          } catch (AssertionError | RuntimeException e) {
            failures.add("%s at call %d of %d, %s: %s".formatted(trouble, call, calls, retries, e));
          }
        }
      }
    }
    assertThat(failures).isEmpty();
  }

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
        runSeed(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        failures.add("replay with -Dsimulation.seed=%d: %s".formatted(seed, e));
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void runSeed(Random random) {
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
