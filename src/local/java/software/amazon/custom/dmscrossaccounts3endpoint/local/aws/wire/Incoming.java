package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import java.net.URI;
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
    byte[] content) {

  String body() {
    return new String(content, StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
