package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a container has learned of how busy a service of an account is, from all operations that
 * have passed through it: how many seconds whoever is refused there should stay away. AWS tells
 * nobody how many others are waiting; a container in which one operation after another is refused
 * knows that there are many, long before any one of them could. It grows with every refusal and
 * shrinks with every answer, so that calls come a little more often than they are let through.
 */
final class Congestion {

  /** How long anybody stays away at most, in seconds. */
  static final double LONGEST = 600;

  /** How long somebody stays away who knows of nobody else, in seconds. */
  static final double SHORTEST = 3;

  private static final double GROWTH = 1.2;
  private static final double SHRINKAGE = 1.02;

  private final Map<String, Double> seconds = new ConcurrentHashMap<>();

  /** The service of that account has refused a call. */
  void refused(String where) {
    seconds.merge(where, SHORTEST, (now, first) -> Math.min(LONGEST, now * GROWTH));
  }

  /** It has answered one. */
  void answered(String where) {
    seconds.computeIfPresent(where, (w, now) -> now <= SHORTEST ? null : now / SHRINKAGE);
  }

  /** Seconds to stay away; 0 where nothing is known. */
  double seconds(String where) {
    return seconds.getOrDefault(where, 0.0);
  }
}
