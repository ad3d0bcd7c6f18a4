package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;

/** The generated classes are the schema: every object, property, type and value, both ways. */
class SchemaModelTest {

  private static final String PACKAGE = ResourceModel.class.getPackageName();
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static Class<?> classOf(String pointer) {
    return switch (pointer) {
      case "" -> ResourceModel.class;
      case "/typeConfiguration" -> TypeConfigurationModel.class;
      default -> definitionClass(pointer.substring("/definitions/".length()));
    };
  }

  private static Class<?> definitionClass(String definition) {
    try {
      return Class.forName(PACKAGE + "." + definition);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the definition " + definition + " has no class", e);
    }
  }

  static Stream<String> objects() {
    return SchemaFile.objects().keySet().stream();
  }

  @Test
  void everyClassIsAnObjectOfTheSchema() throws IOException, URISyntaxException {
    var folder =
        Path.of(ResourceModel.class.getResource("ResourceModel.class").toURI()).getParent();
    var classes = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(folder, "*.class")) {
      files.forEach(file -> classes.add(file.getFileName().toString().replaceAll("[.$].*", "")));
    }
    assertThat(objects().map(pointer -> classOf(pointer).getSimpleName()))
        .as("a class that is no longer generated goes with mvn clean")
        .containsExactlyInAnyOrderElementsOf(classes);
  }

  @ParameterizedTest(name = "#{0}")
  @MethodSource("objects")
  void theClassHasThePropertiesOfTheObject(String pointer) {
    assertThat(fields(classOf(pointer)).keySet())
        .containsExactlyElementsOf(properties(pointer).keySet());
  }

  @ParameterizedTest(name = "#{0}")
  @MethodSource("objects")
  void everyPropertyHasTheTypeOfItsField(String pointer) {
    var fields = fields(classOf(pointer));
    properties(pointer)
        .forEach(
            (name, property) ->
                assertSameType(
                    pointer + "/properties/" + name, property, fields.get(name).getGenericType()));
  }

  /** Jackson may go past the fields; what counts in the end is the JSON. */
  @ParameterizedTest(name = "#{0}")
  @MethodSource("objects")
  void whatTheObjectMayHoldGoesThroughTheClassUnchanged(String pointer) throws IOException {
    var sample = SchemaFile.sample(SchemaFile.objects().get(pointer));
    var model = STRICT.treeToValue(sample, classOf(pointer));
    assertThat(STRICT.<JsonNode>valueToTree(model)).isEqualTo(sample);
  }

  private static void assertSameType(String pointer, JsonNode property, Type type) {
    if (property.has("$ref")) {
      assertThat(type).as(pointer).isEqualTo(definitionClass(SchemaFile.definitionName(property)));
      return;
    }
    switch (property.get("type").asText()) {
      case "string" -> assertText(pointer, property, (Class<?>) type);
      case "boolean" -> assertThat(type).as(pointer).isEqualTo(Boolean.class);
      case "integer" -> assertThat(type).as(pointer).isEqualTo(Integer.class);
      case "array" -> {
        assertThat(type).as(pointer).isInstanceOf(ParameterizedType.class);
        var list = (ParameterizedType) type;
        assertThat(list.getRawType())
            .as(pointer)
            .isEqualTo(property.path("uniqueItems").asBoolean() ? Set.class : List.class);
        assertSameType(pointer + "/items", property.get("items"), list.getActualTypeArguments()[0]);
      }
      default -> throw new AssertionError("no class is expected for " + pointer);
    }
  }

  private static void assertText(String pointer, JsonNode property, Class<?> type) {
    if (property.has("enum")) {
      var constants = type.getEnumConstants();
      assertThat(constants).as("%s is an enumeration", pointer).isNotNull();
      assertThat(Arrays.stream(constants).map(c -> STRICT.<JsonNode>valueToTree(c).textValue()))
          .as(pointer)
          .containsExactlyInAnyOrderElementsOf(SchemaFile.values(property));
    } else {
      assertThat(type).as(pointer).isEqualTo(String.class);
    }
  }

  private static Map<String, JsonNode> properties(String pointer) {
    return SchemaFile.properties(SchemaFile.objects().get(pointer));
  }

  /** Instance fields by the name that they have in JSON. */
  private static Map<String, Field> fields(Class<?> type) {
    var fields = new TreeMap<String, Field>();
    for (var field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        var name = field.getAnnotation(JsonProperty.class);
        assertThat(name).as("the JSON name of %s", field).isNotNull();
        fields.put(name.value(), field);
      }
    }
    return fields;
  }
}
