package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** An HTTP answer. */
public record Reply(int status, Map<String, String> headers, ByteBuffer body) {
  /** The connection is closed instead of answered. */
  public static final Optional<Reply> NONE = Optional.empty();

  Reply(int status, Map<String, String> headers, String body) {
    this(status, headers, StandardCharsets.UTF_8.encode(body));
  }
}
