package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** What the tools' files say of the code is so; the tools find out when Lambda starts it. */
class EntryPointsTest {

  private final JsonNode settings = SchemaFile.read(Path.of(".rpdk-config"));
  private final JsonNode template = template();

  private static JsonNode template() {
    try {
      return Json.tree(new Yaml().load(Files.readString(Path.of("template.yml"))));
    } catch (IOException e) {
      throw new AssertionError("template.yml can't be read", e);
    }
  }

  @Test
  void theSettingsOfTheCloudFormationCliNameTheHandlersMethods() {
    assertIsMethodOfTheHandler(settings.get("entrypoint"), "handleRequest");
    assertIsMethodOfTheHandler(settings.get("testEntrypoint"), "testEntrypoint");
  }

  @Test
  void theSettingsOfTheCloudFormationCliNameTheTypeAndItsPackage() {
    assertThat(settings.get("typeName")).isEqualTo(SchemaFile.SCHEMA.get("typeName"));
    assertThat(String.join(".", SchemaFile.texts(settings.at("/settings/namespace"))))
        .isEqualTo(HandlerWrapper.class.getPackageName());
  }

  @Test
  void theFunctionsOfTheTemplateAreTheHandlersMethods() {
    assertThat(template.get("Resources").fieldNames())
        .toIterable()
        .containsExactly("TypeFunction", "TestEntrypoint");
    assertIsMethodOfTheHandler(handler("TypeFunction"), "handleRequest");
    assertIsMethodOfTheHandler(handler("TestEntrypoint"), "testEntrypoint");
  }

  @Test
  void theTemplateHasTheRuntimeOfTheSettingsAndTheJarOfTheBuild() throws IOException {
    var function = template.at("/Globals/Function");
    assertThat(function.get("Runtime")).isEqualTo(settings.get("runtime"));
    var pom = Files.readString(Path.of("pom.xml"));
    assertThat(function.get("CodeUri").asText())
        .isEqualTo("./target/%s-%s.jar", first(pom, "artifactId"), first(pom, "version"));
  }

  /** Of the elements of this name in a pom without parent, the first is the project's own. */
  private static String first(String pom, String element) {
    var matcher = Pattern.compile("<%s>(.+?)</".formatted(element)).matcher(pom);
    assertThat(matcher.find()).as("<%s> in pom.xml", element).isTrue();
    return matcher.group(1);
  }

  private JsonNode handler(String function) {
    return template.at("/Resources/" + function + "/Properties/Handler");
  }

  private static void assertIsMethodOfTheHandler(JsonNode entryPoint, String method) {
    assertThat(entryPoint.asText()).isEqualTo(HandlerWrapper.class.getName() + "::" + method);
    var parts = entryPoint.asText().split("::");
    try {
      var type = Class.forName(parts[0]);
      assertThat(type.getConstructor().newInstance()).isInstanceOf(HandlerWrapper.class);
      var found = type.getMethod(parts[1], InputStream.class, OutputStream.class, Context.class);
      assertThat(Modifier.isStatic(found.getModifiers())).isFalse();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Lambda can't run " + entryPoint.asText(), e);
    }
  }
}
