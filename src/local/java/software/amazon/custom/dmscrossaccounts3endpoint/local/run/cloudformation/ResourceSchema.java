package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * What CloudFormation reads from a registered type's schema: its identifier, which properties are
 * read-only or write-only, how long its handlers may take, and which models are valid.
 */
public final class ResourceSchema {
  private static final String FILE = "/resource-schema.json";
  private static final String PROPERTIES = "/properties";

  /** CloudFormation's own limit for handlers whose schema names none. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(2);

  private final JsonNode schema;
  private final Schema models;
  private final Schema typeConfigurations;
  private final List<JsonPointer> primaryIdentifier;
  private final List<JsonPointer> readOnly;
  private final List<JsonPointer> writeOnly;

  private ResourceSchema(JsonNode schema) {
    this.schema = schema;
    this.models = load(schema);
    this.typeConfigurations = load(typeConfigurationSchema(schema));
    this.primaryIdentifier = pointers(schema, "primaryIdentifier");
    this.readOnly = pointers(schema, "readOnlyProperties");
    this.writeOnly = pointers(schema, "writeOnlyProperties");
  }

  /** The schema of this project's type, as it is packaged with the provider. */
  public static ResourceSchema ofThisType() {
    return OfThisType.SCHEMA;
  }

  /** Read once, when it is first asked for: loading a schema takes longer than most operations. */
  private static final class OfThisType {
    private static final ResourceSchema SCHEMA = read();
  }

  private static ResourceSchema read() {
    try (var file = ResourceSchema.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return of(Json.parse(file.readAllBytes()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(FILE + " is not JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schema of any resource type. */
  public static ResourceSchema of(JsonNode schema) {
    return new ResourceSchema(schema);
  }

  /** The name under which the type is registered. */
  public String typeName() {
    return schema.path("typeName").asText();
  }

  /**
   * How long an operation may take before CloudFormation gives it up.
   *
   * @return the handler's {@code timeoutInMinutes}
   */
  public Duration timeout(Action action) {
    var minutes =
        schema
            .path("handlers")
            .path(action.name().toLowerCase(Locale.ROOT))
            .get("timeoutInMinutes");
    return minutes == null ? DEFAULT_TIMEOUT : Duration.ofMinutes(minutes.asLong());
  }

  /**
   * The primary identifier that a model holds.
   *
   * @return the identifier, its parts joined as CloudFormation shows them; empty where a part is
   *     missing
   */
  public Optional<String> identifierOf(JsonNode model) {
    var parts = new ArrayList<String>();
    for (var pointer : primaryIdentifier) {
      var part = model.at(pointer);
      if (!part.isTextual() || part.asText().isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.asText());
    }
    return Optional.of(String.join("|", parts));
  }

  /**
   * Adds the primary identifier of one model to another, as CloudFormation adds it to the
   * properties of a template once the resource is there.
   *
   * @return a copy of the properties that holds the identifier as well
   */
  public ObjectNode withIdentifier(ObjectNode properties, JsonNode identified) {
    var result = properties.deepCopy();
    for (var pointer : primaryIdentifier) {
      result.set(pointer.getMatchingProperty(), identified.at(pointer));
    }
    return result;
  }

  /** A model with nothing but its primary identifier. */
  public ObjectNode identifierOnly(JsonNode identified) {
    return withIdentifier(Json.object(), identified);
  }

  /**
   * Write-only properties that a model holds.
   *
   * @return their JSON pointers; empty where there are none
   */
  public List<String> writeOnlyPropertiesIn(JsonNode model) {
    return writeOnly.stream()
        .filter(pointer -> !model.at(pointer).isMissingNode())
        .map(JsonPointer::toString)
        .toList();
  }

  /**
   * The part of a model that a user can write and read back.
   *
   * @return a copy without its read-only and write-only properties
   */
  public ObjectNode readableAndWritable(ObjectNode model) {
    var result = model.deepCopy();
    for (var pointers : List.of(readOnly, writeOnly)) {
      for (var pointer : pointers) {
        if (result.at(pointer.head()) instanceof ObjectNode parent) {
          parent.remove(pointer.last().getMatchingProperty());
        }
      }
    }
    return result;
  }

  /**
   * Whether the order of an array's items says anything.
   *
   * @param property JSON pointer of the array in a model
   * @return the property's {@code insertionOrder}, which is true by default
   */
  public boolean keepsOrder(String property) {
    return definitionOf(property).path("insertionOrder").asBoolean(true);
  }

  /** The property that holds the resource's tags. */
  public String tagProperty() {
    return schema
        .path("tagging")
        .path("tagProperty")
        .asText(PROPERTIES + "/Tags")
        .substring(PROPERTIES.length());
  }

  /**
   * Checks a model against the schema.
   *
   * @return what is wrong, a line for each violation; empty when it is valid
   */
  public List<String> violations(JsonNode model) {
    return violations(models, model);
  }

  /**
   * Checks a type configuration against the schema.
   *
   * @return what is wrong, a line for each violation; empty when it is valid
   */
  public List<String> violationsOfTypeConfiguration(JsonNode configuration) {
    return violations(typeConfigurations, configuration);
  }

  private static List<String> violations(Schema schema, JsonNode candidate) {
    if (!candidate.isObject()) {
      return List.of("#: expected an object");
    }
    try {
      schema.validate(new JSONObject(candidate.toString()));
      return List.of();
    } catch (ValidationException e) {
      return e.getAllMessages();
    }
  }

  private JsonNode definitionOf(String property) {
    var definition = schema;
    for (var pointer = JsonPointer.compile(property);
        !pointer.matches();
        pointer = pointer.tail()) {
      definition = resolved(definition.path("properties").path(pointer.getMatchingProperty()));
    }
    return definition;
  }

  private JsonNode resolved(JsonNode definition) {
    var reference = definition.get("$ref");
    return reference == null ? definition : schema.at(reference.asText().substring(1));
  }

  private static List<JsonPointer> pointers(JsonNode schema, String list) {
    var result = new ArrayList<JsonPointer>();
    for (var pointer : schema.path(list)) {
      result.add(JsonPointer.compile(pointer.asText().substring(PROPERTIES.length())));
    }
    return List.copyOf(result);
  }

  private static JsonNode typeConfigurationSchema(JsonNode schema) {
    var result = Json.object().put("type", "object");
    if (schema.get("typeConfiguration") instanceof ObjectNode typeConfiguration) {
      result.setAll(typeConfiguration);
    }
    result.set("definitions", schema.path("definitions"));
    return result;
  }

  private static Schema load(JsonNode schema) {
    return SchemaLoader.builder()
        .draftV7Support()
        .schemaJson(new JSONObject(schema.toString()))
        .build()
        .load()
        .build();
  }
}
