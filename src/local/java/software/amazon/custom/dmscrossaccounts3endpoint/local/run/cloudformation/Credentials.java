package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Credentials of the handler's execution role, as CloudFormation puts them into a request.
 *
 * @param accessKeyId public part
 * @param secretAccessKey secret part
 * @param sessionToken secret part of a session
 */
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {

  /** What must never leave a handler. */
  List<String> secrets() {
    return List.of(secretAccessKey, sessionToken);
  }

  ObjectNode json() {
    return Json.object()
        .put("accessKeyId", accessKeyId)
        .put("secretAccessKey", secretAccessKey)
        .put("sessionToken", sessionToken);
  }

  /** Leaves the secrets out, so that they get into no log. */
  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]";
  }
}
