package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.time.Instant;
import java.util.List;

/**
 * A trust policy as IAM took it.
 *
 * @param operation the call that set it
 * @param lines the document as people read it
 */
public record TrustVersion(Instant at, String operation, List<String> lines) {}
