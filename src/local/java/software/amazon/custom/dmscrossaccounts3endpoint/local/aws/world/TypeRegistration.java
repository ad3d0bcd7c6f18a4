package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;

/**
 * What became of one {@code RegisterType}.
 *
 * @param ready when it ends
 * @param versionArn of the version that it makes, null where it fails
 * @param failure why it fails, null where it doesn't
 */
public record TypeRegistration(
    String token, String typeArn, String versionArn, Instant ready, String failure) {}
