package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * The copies that reads are answered from: each read by another one, of which one knows everything
 * and the next is some seconds behind.
 */
final class Replicas {
  private static final int[] TURNS = {2, 0, 1, 2, 0};

  private final Duration most;
  private final long seed;
  private Random random;
  private int reads;

  /**
   * @param seed of ages by chance; 0 for ages in turn
   */
  Replicas(Duration most, long seed) {
    this.most = most;
    this.seed = seed;
    restart();
  }

  /** Lets the same ages follow as from the beginning. */
  void restart() {
    random = seed == 0 ? null : new Random(seed);
    reads = 0;
  }

  /** The moment whose state the next read shows. */
  Instant next(Instant now) {
    if (most.isZero()) {
      return now;
    }
    var age =
        random == null
            ? most.toMillis() * TURNS[reads++ % TURNS.length] / 2
            : random.nextLong(most.toMillis() + 1);
    return now.minusMillis(age);
  }
}
