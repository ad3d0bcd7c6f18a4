package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.VirtualTime;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * Duration of a create in virtual time where changes of IAM take a while to propagate to DMS: as
 * CloudFormation invokes the handler, and with an invocation every second, which is the earliest
 * moment possible.
 *
 * @param propagation how long changes of IAM take
 * @param ready seconds until the create succeeded
 * @param looks invocations after the first
 * @param earliest seconds until it succeeded with an invocation every second
 */
record TimeToReady(
    HandshakeDialect dialect, Duration propagation, long ready, int looks, long earliest) {

  /** Measures one create. */
  static TimeToReady of(HandshakeDialect dialect, Duration propagation) {
    var asInvoked = create(dialect, propagation, Duration.ofDays(1));
    var everySecond = create(dialect, propagation, Duration.ofSeconds(1));
    return new TimeToReady(
        dialect, propagation, asInvoked.seconds(), asInvoked.looks(), everySecond.seconds());
  }

  /** Measures creates against every kind of DMS. */
  static List<List<String>> table() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("DMS", "propagation, s", "earliest, s", "ready, s", "looks"));
    for (var dialect : HandshakeDialect.values()) {
      for (var seconds : new int[] {0, 2, 5, 10, 20, 40, 60}) {
        var each = of(dialect, Duration.ofSeconds(seconds));
        rows.add(
            List.of(
                "`" + dialect + "`",
                "" + seconds,
                "" + each.earliest(),
                "" + each.ready(),
                "" + each.looks()));
      }
    }
    return rows;
  }

  /**
   * Returns whether it was ready at most three seconds, or a quarter of the earliest time if that
   * is more, after the earliest time.
   */
  boolean isSoon() {
    return ready - earliest <= Math.max(3, earliest / 4);
  }

  private record Run(long seconds, int looks) {}

  private static Run create(HandshakeDialect dialect, Duration propagation, Duration longest) {
    var clock = LocalClock.virtual();
    var time = new VirtualTime(clock);
    var second = Duration.ofSeconds(1);
    var builder = LocalAws.builder().dialect(dialect).propagation(propagation).settleTime(second);
    try (var aws = new BenchAws(clock, builder, 1)) {
      clock.advance(Duration.ofMinutes(5));
      var begin = clock.instant();
      var outcome =
          aws.cloudFormation(0, new HandlerProvider(time, line -> {}), new Shortened(time, longest))
              .create(BenchAws.model(0, "sales-lake"));
      if (!outcome.succeeded()) {
        throw new IllegalStateException(outcome.toString());
      }
      return new Run(
          Duration.between(begin, clock.instant()).toSeconds(), outcome.events().size() - 1);
    }
  }

  /** A time of which no more passes at once than this. */
  private record Shortened(Time time, Duration longest) implements Time {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public void pass(Duration delay) {
      time.pass(delay.compareTo(longest) < 0 ? delay : longest);
    }
  }
}
