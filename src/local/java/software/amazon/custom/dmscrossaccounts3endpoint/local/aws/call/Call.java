package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One call that reached the local AWS.
 *
 * @param at the local AWS's time
 * @param account the caller's account, null when the caller could not be told
 * @param principal the caller's ARN, null when the caller could not be told
 * @param service as signatures name it, for instance {@code iam}
 * @param operation as the API spells it
 * @param region the Region of the signature
 * @param parameters what was asked; of a Query call every value is text and lists are arrays
 * @param error the error code that was answered, null when the call succeeded
 */
public record Call(
    Instant at,
    String account,
    String principal,
    String service,
    String operation,
    String region,
    JsonNode parameters,
    String error) {
  /** The IAM action's usual spelling, for instance {@code iam:CreateRole}. */
  public String action() {
    return service + ":" + operation;
  }

  /** Whether the call took effect. */
  public boolean succeeded() {
    return error == null;
  }
}
