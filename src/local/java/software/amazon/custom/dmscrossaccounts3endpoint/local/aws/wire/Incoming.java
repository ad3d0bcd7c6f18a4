package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import java.util.Optional;

/** What of an HTTP request decides its answer. */
public record Incoming(
    Optional<String> authorization,
    Optional<String> securityToken,
    Optional<String> target,
    String body) {}
