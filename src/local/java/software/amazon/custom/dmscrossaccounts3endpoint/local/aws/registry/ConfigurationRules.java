package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.RegistryFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TypeVersion;

/** What a type's configuration has to look like. */
final class ConfigurationRules {

  private ConfigurationRules() {}

  /** The schema of the type's configuration, with the definitions that it refers to. */
  static Optional<ObjectNode> schemaOf(TypeVersion version) {
    var schema = version.schemaTree();
    if (!(schema.get("typeConfiguration") instanceof ObjectNode configuration)) {
      return Optional.empty();
    }
    var whole = configuration.deepCopy();
    whole.set("definitions", schema.path("definitions"));
    return Optional.of(whole);
  }

  /**
   * Checks a configuration against the schema of the default version.
   *
   * @throws AwsFault where it is not JSON or breaks the schema
   */
  static void check(TypeVersion version, String configuration) {
    JSONObject given;
    try {
      given = new JSONObject(new JSONTokener(configuration));
    } catch (JSONException e) {
      throw RegistryFaults.registry("Invalid JSON for configuration: " + e.getMessage());
    }
    var schema =
        schemaOf(version)
            .orElseThrow(
                () -> RegistryFaults.registry("The type has no schema for a configuration."));
    try {
      SchemaLoader.load(new JSONObject(schema.toString())).validate(given);
    } catch (ValidationException e) {
      throw RegistryFaults.registry(
          "Configuration does not match the type's schema: "
              + String.join("; ", e.getAllMessages()));
    }
  }
}
