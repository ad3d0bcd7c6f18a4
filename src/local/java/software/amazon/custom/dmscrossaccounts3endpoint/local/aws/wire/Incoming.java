package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of an HTTP request decides its answer. */
public record Incoming(
    String method,
    URI address,
    Map<String, List<String>> headers,
    Optional<String> authorization,
    Optional<String> securityToken,
    Optional<String> target,
    ByteBuffer content) {

  String body() {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }

  byte[] bytes() {
    var bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }

  Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
