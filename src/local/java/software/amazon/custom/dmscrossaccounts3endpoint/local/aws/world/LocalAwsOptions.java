package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How one local AWS behaves; see {@code LocalAwsBuilder} for what each means. */
public record LocalAwsOptions(
    String partition,
    String region,
    Set<String> accounts,
    Map<String, String> organizations,
    Map<String, String> organizationPaths,
    Map<String, String> bucketOwners,
    Duration propagation,
    Duration settleTime,
    HandshakeDialect dialect,
    BeforePropagation beforePropagation,
    LocalClock clock,
    boolean enforceIam,
    boolean shoutingEnums,
    boolean lowerCaseIdentifiers,
    Set<String> droppedOnCreate,
    boolean droppedShowInSettings,
    int largestPage,
    boolean filters,
    boolean resourceIdentifiers,
    boolean externalIds,
    Habits habits,
    int port) {}
