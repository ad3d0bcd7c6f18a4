package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How the reference names the type of a property's value. */
final class TypeNames {

  private TypeNames() {}

  /** The name of a single value's type: that of an item, where the property is a list. */
  static String ofValue(JsonNode property) {
    var holder = isList(property) ? property.get("items") : property;
    return TypeSchema.definitionOf(holder).orElseGet(() -> primitive(holder));
  }

  static boolean isList(JsonNode property) {
    return property.path("type").asText().equals("array");
  }

  /** The file of a definition's page, with the name that the CloudFormation CLI gives to it. */
  static String page(String definition) {
    return definition.toLowerCase(Locale.ROOT) + ".md";
  }

  private static String primitive(JsonNode property) {
    return switch (property.path("type").asText()) {
      case "string" -> "String";
      case "boolean" -> "Boolean";
      case "integer" -> "Integer";
      case "number" -> "Double";
      default -> "Json";
    };
  }
}
