package software.amazon.custom.dmscrossaccounts3endpoint.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/**
 * An AWS as it may turn out to be.
 *
 * @param dialect what becomes of the first CreateEndpoint
 * @param shown where the external id is shown
 * @param freshIds whether an endpoint that is made again gets another external id
 * @param staleness how old an answer may be, in seconds
 * @param ages makes the ages of answers
 * @param assumed whether DMS is reached through a role, and IAM is enforced
 */
record PossibleAws(
    HandshakeDialect dialect,
    ExternalIdShown shown,
    boolean freshIds,
    int staleness,
    long ages,
    boolean assumed) {

  /** The AWS that is believed in. */
  static PossibleAws of(HandshakeDialect dialect) {
    return new PossibleAws(dialect, ExternalIdShown.BOTH, false, 0, 0, false);
  }

  /** Any other one. */
  static PossibleAws any(Random random) {
    var world =
        new PossibleAws(
            pick(random, List.of(HandshakeDialect.values())),
            pick(random, List.of(ExternalIdShown.values())),
            random.nextBoolean(),
            pick(random, List.of(0, 2, 4, 10)),
            random.nextLong(),
            random.nextBoolean());
    return world.isPossible() ? world : any(random);
  }

  static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Where nothing is kept and no answer tells the id, nobody could ever learn it. */
  private boolean isPossible() {
    return shown != ExternalIdShown.DESCRIBE
        || !EnumSet.of(HandshakeDialect.NOTHING_KEPT, HandshakeDialect.NEW_ID_ON_SECOND_CALL)
            .contains(dialect);
  }

  PossibleAws through(boolean aRole) {
    return new PossibleAws(dialect, shown, freshIds, staleness, ages, aRole);
  }

  LocalAwsBuilder on(LocalAwsBuilder builder) {
    return builder
        .dialect(dialect)
        .externalIdShown(shown)
        .freshIds(freshIds)
        .staleness(Duration.ofSeconds(staleness), ages)
        .enforceIam(assumed)
        .settleTime(Duration.ofSeconds(1));
  }
}
