package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ActualSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingMatch;

/** One S3 target endpoint that was made by hand, as a resource of the type. */
final class DescribedEndpoint {
  private static final String SETTINGS = "S3Settings";
  private static final String ATTRIBUTES = "ExtraConnectionAttributes";
  private static final String ROLE = "ServiceAccessRoleArn";

  /** What DMS tells beside settings, and why it need not be in a template. */
  private static final Map<String, String> NOT_IN_TEMPLATES =
      Map.ofEntries(
          Map.entry("EndpointArn", "it is what is imported"),
          Map.entry("EndpointType", "the type makes target endpoints only"),
          Map.entry("EngineName", "the type makes S3 endpoints only"),
          Map.entry("EngineDisplayName", "the type makes S3 endpoints only"),
          Map.entry("Status", "GetAtt Status returns it"),
          Map.entry("ExternalId", "GetAtt ExternalId returns it"),
          Map.entry("KmsKeyId", "DMS does not use it for S3 endpoints"),
          Map.entry("SslMode", "DMS does not use it for S3 endpoints"),
          Map.entry("IsReadOnly", "it is of no effect"));

  private final String id;
  private final JsonNode endpoint;
  private final Part part;
  private final List<Remark> remarks;
  private final String arn;
  private final ObjectNode properties = Json.object();
  private final List<String> comments = new ArrayList<>();

  DescribedEndpoint(
      String id, JsonNode endpoint, Part part, MigrationOptions options, List<Remark> remarks) {
    this.id = id;
    this.endpoint = endpoint;
    this.part = part;
    this.remarks = remarks;
    this.arn = endpoint.path("EndpointArn").asText();
    if (Arn.tryFromString(arn).flatMap(Arn::accountId).isEmpty()) {
      throw new MigrationRefused(
          "line %d: an endpoint without an EndpointArn".formatted(part.line()));
    }
    properties.put("EndpointIdentifier", endpoint.path("EndpointIdentifier").asText());
    remark(Remark.Kind.TRANSLATED, "EndpointIdentifier", "EndpointIdentifier");
    setAccounts(options);
    setSettings();
    tellOthers();
    check();
  }

  String arn() {
    return arn;
  }

  private void setAccounts(MigrationOptions options) {
    var role = endpoint.path(SETTINGS).path(ROLE).asText(endpoint.path(ROLE).asText(""));
    if (Arn.tryFromString(role).flatMap(Arn::accountId).isEmpty()) {
      remark(Remark.Kind.CHECK, ROLE, "there is none, so that nothing tells the data-lake account");
      return;
    }
    var lake = EndpointNames.accountOf(role);
    options
        .environmentOf(EndpointNames.accountOf(arn), lake)
        .ifPresent(e -> properties.put("Environment", e));
    var given = options.dataLakeRoleArn();
    if (given != null && EndpointNames.accountOf(given).equals(lake)) {
      properties.put("DataLakeRoleArn", given);
    } else if (given != null) {
      remark(
          Remark.Kind.CHECK,
          ROLE,
          "it is in account %s, and --data-lake-role-arn is not: add Environment or DataLakeRoleArn"
              .formatted(lake));
    } else if (!properties.has("Environment")) {
      remark(
          Remark.Kind.CHECK,
          ROLE,
          "nothing says which role to assume in account %s: give --environment,".formatted(lake)
              + " --data-lake-role-arn or --type-configuration, unless the type configuration has a"
              + " DefaultEnvironment of this account");
    }
    remark(
        Remark.Kind.LEFT_OUT,
        ROLE,
        "left out: the endpoint keeps %s until it is recreated, with a role of the type's own"
            .formatted(role));
  }

  private void setSettings() {
    var given = endpoint.path(SETTINGS);
    var attributes =
        ConnectionAttributes.parse(
            endpoint.hasNonNull(ATTRIBUTES) ? endpoint.get(ATTRIBUTES).asText() : null);
    var held = S3SettingsTranslator.actual(SdkSettings.of(given), attributes.asText());
    var settings = properties.putObject(SETTINGS);
    given.properties().forEach(s -> setting(s.getKey(), s.getValue(), held, settings));
    var echoes = S3SettingsTranslator.settingsAmong(attributes);
    var others = new TreeMap<String, String>();
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              if (!echoes.contains(name)) {
                others.put(name, value);
              } else if (given.properties().stream()
                  .noneMatch(s -> s.getKey().equalsIgnoreCase(name) && !s.getValue().isNull())) {
                attributeOnly(name, value, held, settings);
              }
            });
    if (!echoes.isEmpty()) {
      remark(
          Remark.Kind.LEFT_OUT,
          ATTRIBUTES,
          "left out: %d of them repeat settings".formatted(echoes.size()));
    }
    if (!others.isEmpty()) {
      properties.put(ATTRIBUTES, ConnectionAttributes.parse(null).and(others).asText());
      remark(
          Remark.Kind.TRANSLATED,
          ATTRIBUTES,
          ATTRIBUTES + ": " + String.join(", ", others.keySet()));
    }
    if (settings.has("ServerSideEncryptionKmsKeyId")
        && !settings.path("EncryptionMode").asText().equals("sse-kms")) {
      notTranslated(
          "ServerSideEncryptionKmsKeyId",
          settings.remove("ServerSideEncryptionKmsKeyId"),
          "the type takes a key only with EncryptionMode sse-kms");
    }
  }

  private void setting(String name, JsonNode value, ActualSettings held, ObjectNode settings) {
    var where = SETTINGS + "." + name;
    if (name.equals(ROLE)) {
      return;
    }
    if (!HandlerSchema.s3Settings().has(name)) {
      if (isUnset(value)) {
        remark(Remark.Kind.LEFT_OUT, where, "left out: it is not set");
      } else {
        notTranslated(name, value, "the type has no such setting");
      }
      return;
    }
    var used = held.get(name);
    if (used.isEmpty()) {
      if (isUnset(value)) {
        remark(Remark.Kind.LEFT_OUT, where, "left out: it is not set");
      } else {
        notTranslated(name, value, "the setting has no such value in the schema");
      }
      return;
    }
    set(name, value.asText(), used.get(), settings);
    var asAttribute = held.asAttributes().get(name);
    var asSetting = held.settings().get(name);
    if (asAttribute != null
        && asSetting != null
        && !SettingMatch.of(name, asAttribute, asSetting).matches()) {
      remark(
          Remark.Kind.CHECK,
          where,
          "check the value: it is %s as a setting and %s as an extra connection attribute"
              .formatted(asSetting, asAttribute));
    }
  }

  private static boolean isUnset(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.asText().isEmpty());
  }

  private void attributeOnly(String name, String value, ActualSettings held, ObjectNode settings) {
    var setting = SettingSchema.find(name).map(SettingSchema::name);
    var used = setting.flatMap(held::get);
    if (used.isPresent()) {
      set(setting.get(), value, used.get(), settings);
    } else if (!value.isEmpty() && !name.equalsIgnoreCase(ROLE)) {
      notTranslated(name, Json.tree(value), "the type has no such setting, or not with this value");
    }
  }

  private void set(String name, String was, JsonNode value, ObjectNode settings) {
    var where = SETTINGS + "." + name;
    if (ActualSettings.isDefault(name, value) && !name.equals("DataFormat")) {
      remark(Remark.Kind.LEFT_OUT, where, "left out: %s is DMS's default".formatted(was));
      return;
    }
    settings.set(name, value);
    remark(
        Remark.Kind.TRANSLATED,
        where,
        where + (was.equals(value.asText()) ? "" : ", %s as %s".formatted(was, value.asText())));
  }

  private void notTranslated(String name, JsonNode value, String why) {
    remarks.removeIf(
        r -> r.kind() == Remark.Kind.TRANSLATED && r.where().equals(where(SETTINGS + "." + name)));
    remark(Remark.Kind.NOT_TRANSLATED, SETTINGS + "." + name, "stays as a comment: " + why);
    comments.add(SETTINGS + "." + name + ": " + value);
  }

  private void tellOthers() {
    for (var member : endpoint.properties()) {
      var name = member.getKey();
      if (Set.of(SETTINGS, ATTRIBUTES, ROLE, "EndpointIdentifier").contains(name)
          || member.getValue().isNull()) {
        continue;
      }
      var reason = NOT_IN_TEMPLATES.get(name);
      if (reason != null) {
        remark(Remark.Kind.LEFT_OUT, name, "left out: " + reason);
      } else {
        remark(
            Remark.Kind.NOT_TRANSLATED, name, "stays as a comment: the type has nothing like it");
        comments.add(name + ": " + member.getValue());
      }
    }
  }

  private void check() {
    var status = endpoint.path("Status").asText("active");
    if (!status.equals("active")) {
      remark(
          Remark.Kind.CHECK,
          "Status",
          "it is %s: an update recreates an endpoint that is failed".formatted(status));
    }
    if (!Identifiers.isResourceIdentifier(EndpointNames.lastPartOf(arn))) {
      remark(
          Remark.Kind.CHECK,
          "EndpointArn",
          "it can be adopted, but not recreated under an ARN that ends so: replace it before a"
              + " setting has to be changed");
    }
    for (var violation : ResourceSchema.ofThisType().violations(properties)) {
      remark(Remark.Kind.CHECK, "Properties", "the schema says otherwise: " + violation);
    }
  }

  private String where(String name) {
    return id + "." + name;
  }

  private void remark(Remark.Kind kind, String name, String text) {
    var at = part;
    var line = part.line();
    for (var step : name.split("\\.")) {
      var entry = at.entry(step);
      if (entry.isEmpty()) {
        break;
      }
      line = entry.get().line();
      at = entry.get().value();
    }
    remarks.add(new Remark(kind, where(name), line, text));
  }

  /** The resource as it stands in a template. */
  String text(String typeName, Map<String, String> tags) {
    var text =
        new StringBuilder(
            """
              %s:
                Type: %s
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties:
            """
                .formatted(id, typeName));
    var values = new LinkedHashMap<String, JsonNode>();
    properties.properties().forEach(p -> values.put(p.getKey(), p.getValue()));
    values.forEach(
        (name, value) -> {
          text.append("      ").append(name).append(':');
          if (value.isObject()) {
            text.append('\n');
            value
                .properties()
                .forEach(
                    s ->
                        text.append("        %s: %s\n".formatted(s.getKey(), plain(s.getValue()))));
          } else {
            text.append(' ').append(plain(value)).append('\n');
          }
        });
    comments.forEach(c -> text.append("      # not translated: ").append(c).append('\n'));
    if (!tags.isEmpty()) {
      text.append("      Tags:\n");
      tags.forEach(
          (key, value) ->
              text.append(
                  "        - Key: %s\n          Value: %s\n"
                      .formatted(YamlText.scalar(key), YamlText.scalar(value))));
    }
    return text.toString();
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? YamlText.scalar(value.asText()) : value.toString();
  }
}
