package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * What an endpoint holds, in the schema's spelling of names, enumerations and types.
 *
 * @param settings what it holds as S3 settings
 * @param asAttributes what it holds of S3 settings as extra connection attributes
 * @param attributes its extra connection attributes
 */
public record HeldSettings(
    Map<String, JsonNode> settings,
    Map<String, JsonNode> asAttributes,
    ConnectionAttributes attributes) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The settings that users report DMS to drop or to reset on create, and to honour as extra
   * connection attributes; for them the attribute is what the endpoint really uses.
   */
  private static final Set<String> DECIDED_BY_ATTRIBUTES =
      Set.of("EncryptionMode", "ServerSideEncryptionKmsKeyId", "CdcPath");

  /** The value of a setting that the endpoint uses. */
  public Optional<JsonNode> get(String name) {
    var first = DECIDED_BY_ATTRIBUTES.contains(name) ? asAttributes : settings;
    var second = DECIDED_BY_ATTRIBUTES.contains(name) ? settings : asAttributes;
    return Optional.ofNullable(first.getOrDefault(name, second.get(name)));
  }

  /** What the endpoint shows of a setting; null in JSON where it shows nothing. */
  public JsonNode shown(String name) {
    return get(name).orElse(NullNode.getInstance());
  }

  /** How the endpoint holds a setting that was asked for. */
  public Spelling spelling(String name, JsonNode asked) {
    return get(name)
        .map(held -> Spelling.of(name, held, asked))
        .orElseGet(() -> needsNoEcho(name, asked) ? Spelling.OTHER : Spelling.LOST);
  }

  /** Whether a setting has this value where nothing is asked for. */
  public static boolean isDefault(String name, JsonNode value) {
    return DocumentedSettings.isDefault(name, value);
  }

  /** A setting that is not shown is no loss where it has no effect, or no other one by default. */
  private boolean needsNoEcho(String name, JsonNode asked) {
    var format = get("DataFormat").map(JsonNode::asText).orElse(DocumentedSettings.DEFAULT_FORMAT);
    return !Spelling.isExact(name)
        && (DocumentedSettings.isDefault(name, asked)
            || !DocumentedSettings.isUsedWith(name, format));
  }

  /** The names of the settings that were asked for and that the endpoint does not use. */
  public Set<String> lost(S3Settings asked) {
    var lost = new TreeSet<String>();
    S3SettingsTranslator.values(asked)
        .forEach(
            (name, value) -> {
              if (spelling(name, value) == Spelling.LOST) {
                lost.add(name);
              }
            });
    return lost;
  }

  /** What the endpoint holds in another spelling than it was asked for, for its tags. */
  public RespelledSettings respelled(S3Settings asked, ConnectionAttributes askedAttributes) {
    var respelled = RespelledSettings.none();
    S3SettingsTranslator.values(asked)
        .forEach(
            (name, value) -> {
              if (spelling(name, value) == Spelling.OTHER) {
                respelled.put(name, shown(name), value.asText());
              }
            });
    var held = of(askedAttributes);
    if (!held.equals(text(askedAttributes.asMap()))) {
      respelled.put(AskedSettings.ATTRIBUTES, held, "");
    }
    return respelled;
  }

  /**
   * What the endpoint holds of extra connection attributes that were asked for; DMS returns them
   * together with every S3 setting.
   */
  public JsonNode of(ConnectionAttributes asked) {
    var held = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    asked
        .asMap()
        .keySet()
        .forEach(name -> attributes.get(name).ifPresent(value -> held.put(name, value)));
    return text(held);
  }

  private static JsonNode text(Map<String, String> attributes) {
    return TextNode.valueOf(attributes.toString());
  }

  /** Whether the endpoint holds extra connection attributes as they were asked for. */
  public boolean has(ConnectionAttributes asked) {
    return of(asked).equals(text(asked.asMap()));
  }

  /**
   * The settings as a model has them.
   *
   * @param respelled what DMS made of what was asked for; comes back as it was asked for
   */
  public S3Settings toModel(RespelledSettings respelled) {
    var model = JSON.createObjectNode();
    HandlerSchema.s3Settings()
        .fieldNames()
        .forEachRemaining(
            name ->
                respelled
                    .asked(name, shown(name))
                    .flatMap(text -> S3SettingsTranslator.read(name, text))
                    .or(() -> get(name))
                    .ifPresent(value -> model.set(name, value)));
    return JSON.convertValue(model, S3Settings.class);
  }
}
