package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.util.Optional;

/** What of an HTTP request decides its answer. */
record Incoming(
    Optional<String> authorization,
    Optional<String> securityToken,
    Optional<String> target,
    String body) {}
