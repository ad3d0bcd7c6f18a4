package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;

/** A type configuration that was set, under an alias. */
public record TypeSetting(String arn, String alias, String configuration, Instant updated) {}
