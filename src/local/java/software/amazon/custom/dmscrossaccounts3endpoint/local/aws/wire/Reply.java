package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import java.util.Map;
import java.util.Optional;

/** An HTTP answer. */
public record Reply(int status, Map<String, String> headers, String body) {
  /** The connection is closed instead of answered. */
  public static final Optional<Reply> NONE = Optional.empty();
}
