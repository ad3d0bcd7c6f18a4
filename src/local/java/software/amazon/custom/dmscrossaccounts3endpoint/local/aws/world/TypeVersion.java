package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import lombok.With;

/**
 * A version of a registered type.
 *
 * @param id eight digits, counted from {@code 00000001}
 * @param ready when its registration is complete; before, it is not there
 * @param executionRoleArn null where none was given, as are {@code logRoleArn} and {@code logGroup}
 * @param live whether it has not been deregistered
 */
@With
public record TypeVersion(
    String id,
    String arn,
    Instant ready,
    String schema,
    String executionRoleArn,
    String logRoleArn,
    String logGroup,
    boolean live) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Its schema, which was read before it was registered. */
  public JsonNode schemaTree() {
    try {
      return JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isThere(Instant now) {
    return !ready.isAfter(now);
  }

  public Optional<String> executionRole() {
    return Optional.ofNullable(executionRoleArn);
  }

  public boolean isLogged() {
    return logRoleArn != null;
  }
}
