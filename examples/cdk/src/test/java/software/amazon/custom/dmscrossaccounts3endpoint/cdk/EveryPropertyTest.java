package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.IResolvable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** Each property of the schema can be given, as a value and as a token, and has its own name. */
@NeedsNode
class EveryPropertyTest {

  private static final String PACKAGE = EveryPropertyTest.class.getPackageName() + ".";

  private final JsonNode schema = read();
  private final Stack stack = new Stack();
  private final String text = parameter("Text", "String").getValueAsString();
  private final Number number = parameter("Number", "Number").getValueAsNumber();

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Path.of("..", "..", "resource-schema.json").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CfnParameter parameter(String name, String type) {
    return CfnParameter.Builder.create(stack, name).type(type).build();
  }

  @Test
  void everyPropertyTakesAValue() throws ReflectiveOperationException {
    assertPropertiesComeOut(false);
  }

  @Test
  void everyPropertyTakesAToken() throws ReflectiveOperationException {
    assertPropertiesComeOut(true);
  }

  private void assertPropertiesComeOut(boolean tokens) throws ReflectiveOperationException {
    var expected = new LinkedHashMap<String, Object>();
    var props =
        (DmsCrossAccountS3EndpointProps)
            filled("DmsCrossAccountS3EndpointProps", schema, tokens, expected);

    new DmsCrossAccountS3Endpoint(stack, "Lake", props);

    var json = new ObjectMapper();
    assertEquals(
        json.valueToTree(expected),
        json.valueToTree(Template.fromStack(stack).toJSON()).at("/Resources/Lake/Properties"));
  }

  @Test
  void everyEnumerationHasTheSpellingsOfTheSchema() throws ClassNotFoundException {
    var found = 0;
    for (var parent : List.of(schema, schema.at("/definitions/S3Settings"))) {
      for (var property : parent.get("properties").properties()) {
        if (property.getValue().has("enum")) {
          var spellings = new ArrayList<String>();
          property.getValue().get("enum").forEach(value -> spellings.add(value.asText()));
          assertEquals(spellings, spellings(Class.forName(PACKAGE + property.getKey())));
          found++;
        }
      }
    }
    assertEquals(8, found);
  }

  private static List<String> spellings(Class<?> enumeration) {
    return Arrays.stream(enumeration.getEnumConstants())
        .map(constant -> ((Spelled) constant).spelling())
        .toList();
  }

  /** An object of a class with every property that a template can give. */
  private Object filled(String name, JsonNode object, boolean tokens, Map<String, Object> expected)
      throws ReflectiveOperationException {
    var builder = Class.forName(PACKAGE + name).getMethod("builder").invoke(null);
    for (var property : object.get("properties").properties()) {
      if (!isReadOnly(property.getKey())) {
        give(builder, property.getKey(), property.getValue(), tokens, expected);
      }
    }
    return builder.getClass().getMethod("build").invoke(builder);
  }

  private boolean isReadOnly(String name) {
    for (var pointer : schema.get("readOnlyProperties")) {
      if (pointer.asText().equals("/properties/" + name)) {
        return true;
      }
    }
    return false;
  }

  private void give(
      Object builder, String name, JsonNode property, boolean token, Map<String, Object> expected)
      throws ReflectiveOperationException {
    var type = property.path("type").asText();
    if (property.has("$ref")) {
      var definition = property.get("$ref").asText().replace("#/definitions/", "");
      var nested = new LinkedHashMap<String, Object>();
      var value =
          filled(definition + "Property", schema.at("/definitions/" + definition), token, nested);
      call(builder, name, value.getClass(), value);
      expected.put(name, nested);
    } else if (type.equals("array")) {
      call(builder, name, List.class, List.of(CfnTag.builder().key("team").value(text).build()));
      expected.put(name, List.of(Map.of("Key", "team", "Value", Map.of("Ref", "Text"))));
    } else if (property.has("enum") && !token) {
      var constants = Class.forName(PACKAGE + name).getEnumConstants();
      var constant = constants[constants.length - 1];
      call(builder, name, constant.getClass(), constant);
      expected.put(name, property.get("enum").get(constants.length - 1).asText());
    } else if (type.equals("string")) {
      call(builder, name, String.class, text);
      expected.put(name, Map.of("Ref", "Text"));
    } else if (type.equals("integer")) {
      call(builder, name, Number.class, token ? number : property.get("maximum").numberValue());
      expected.put(name, token ? Map.of("Ref", "Number") : property.get("maximum").numberValue());
    } else if (token) {
      call(builder, name, IResolvable.class, Fn.conditionIf("Condition", true, false));
      expected.put(name, Map.of("Fn::If", List.of("Condition", true, false)));
    } else {
      call(builder, name, Boolean.class, false);
      expected.put(name, false);
    }
  }

  private static void call(Object builder, String property, Class<?> type, Object value)
      throws ReflectiveOperationException {
    var name = property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1);
    Method method = builder.getClass().getMethod(name, type);
    assertNotNull(method.invoke(builder, value));
  }

  @Test
  void everyReadOnlyPropertyHasAnAttribute() {
    var attributes =
        Stream.of(DmsCrossAccountS3Endpoint.class.getDeclaredMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("getAttr"))
            .sorted()
            .toList();
    var expected = new ArrayList<String>();
    schema
        .get("readOnlyProperties")
        .forEach(p -> expected.add(p.asText().replace("/properties/", "getAttr")));
    assertEquals(expected.stream().sorted().toList(), attributes);
  }
}
