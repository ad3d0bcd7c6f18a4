package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.time.Duration;
import java.time.Instant;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.VirtualTime;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * How long a create takes where IAM and DMS learn late of each other, in virtual time: as
 * CloudFormation invokes the handler, and as if it were looked every second, which is the earliest
 * moment possible.
 *
 * @param propagation how late they learn
 * @param ready seconds until the create succeeded
 * @param looks invocations after the first, in which the names were found to be free
 * @param earliest seconds until it succeeded with a look every second
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

  /**
   * Whether it was ready within three seconds or a quarter, whichever is longer, of the earliest.
   */
  boolean isSoon() {
    return ready - earliest <= Math.max(3, earliest / 4);
  }

  private record Run(long seconds, int looks) {}

  private static Run create(HandshakeDialect dialect, Duration propagation, Duration longest) {
    var clock = LocalClock.virtual();
    try (var world =
        new BenchWorld(
            clock,
            LocalAws.builder()
                .dialect(dialect)
                .propagation(propagation)
                .settleTime(Duration.ofSeconds(1)))) {
      clock.advance(Duration.ofMinutes(5));
      var time = new Shortened(new VirtualTime(clock), longest);
      var begin = clock.instant();
      var outcome =
          world
              .cloudFormation(new HandlerProvider(new VirtualTime(clock), line -> {}), time)
              .create(BenchWorld.model("sales-lake"));
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
