package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.SimulatedTime;

/**
 * Virtual time for many jobs at once. Each job has a thread of its own, and one of them runs at a
 * moment; a job that lets time pass sleeps until all others have got so far. So an hour of
 * thousands of jobs side by side takes minutes, in the order in which it would happen.
 */
final class OneAtATime implements SimulatedTime {
  private static final long STACK = 512L << 10;

  private record Sleeper(Instant wakes, long number, Semaphore turn) {}

  private final LocalClock clock;
  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(Comparator.comparing(Sleeper::wakes).thenComparing(Sleeper::number));
  private final Semaphore over = new Semaphore(0);
  private final List<Throwable> failures = new ArrayList<>();
  private long numbers;

  /**
   * Creates a time without jobs.
   *
   * @param clock a virtual one, which moves with the jobs
   */
  OneAtATime(LocalClock clock) {
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void pass(Duration time) {
    var turn = sleep(now().plus(time));
    over.release();
    turn.acquireUninterruptibly();
  }

  private synchronized Semaphore sleep(Instant until) {
    var turn = new Semaphore(0);
    sleepers.add(new Sleeper(until, numbers++, turn));
    return turn;
  }

  /**
   * Runs all jobs, beginning now, to their end.
   *
   * @throws IllegalStateException where one of them failed
   */
  void run(List<Runnable> jobs) {
    for (var job : jobs) {
      var turn = sleep(now());
      var thread =
          new Thread(
              null,
              () -> {
                turn.acquireUninterruptibly();
                try {
                  job.run();
                } catch (RuntimeException | Error e) {
                  failures.add(e);
                } finally {
                  over.release();
                }
              },
              "side by side",
              STACK);
      thread.setDaemon(true);
      thread.start();
    }
    for (var next = sleepers.poll(); next != null; next = sleepers.poll()) {
      if (next.wakes().isAfter(now())) {
        clock.advance(Duration.between(now(), next.wakes()));
      }
      next.turn().release();
      over.acquireUninterruptibly();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.size() + " failed", failures.get(0));
    }
  }
}
