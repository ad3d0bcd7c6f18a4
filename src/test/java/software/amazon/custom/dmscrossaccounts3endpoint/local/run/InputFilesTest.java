package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;

class InputFilesTest {
  private final InputFiles files = new InputFiles(ResourceSchema.ofThisType());

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everySetOfInputsHoldsTwoValidModelsAndAnInvalidOne(int set) {
    assertThat(files.model(input(set, "create")).path("S3Settings").has("BucketName")).isTrue();
    assertThat(files.model(input(set, "update"))).isNotEqualTo(files.model(input(set, "create")));
    assertThatThrownBy(() -> files.model(input(set, "invalid"))).isInstanceOf(BadInput.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noUpdateOfASetChangesACreateOnlyProperty(int set) {
    var create = files.model(input(set, "create"));
    var update = files.model(input(set, "update"));

    for (var property :
        new String[] {
          "EndpointIdentifier", "ResourceIdentifier", "Environment", "RoleName", "PolicyName"
        }) {
      assertThat(update.path(property)).as(property).isEqualTo(create.path(property));
    }
  }

  @Test
  void theTypeConfigurationOfTheExamplesHasTheEnvironmentOfTheSecondSet() {
    var configuration = files.typeConfiguration(Path.of("examples", "type-configuration.json"));

    assertThat(configuration.path("Environments").findValuesAsText("Name"))
        .contains(files.model(input(2, "create")).path("Environment").asText());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var file = folder.resolve("nothing.json");

    assertThatThrownBy(() -> files.model(file))
        .isInstanceOf(BadInput.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> files.model(folder))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(folder + ": can't be read");
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPlace() throws IOException {
    var file = write("{\n  \"S3Settings\": {,\n");

    assertThatThrownBy(() -> files.model(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("not JSON")
        .hasMessageContaining("(line 2, column 18)")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000", "{} {}", "{\"a\": 1, \"a\": 2}", "{'a': 1}"})
  void whatIsAlmostJsonIsRefused(String text) throws IOException {
    var file = write(text);

    assertThatThrownBy(() -> files.model(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "null", "\"S3Settings\"", "{}"})
  void whatIsJsonButNoModelIsRefused(String text) throws IOException {
    var file = write(text);

    assertThatThrownBy(() -> files.model(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("not valid against resource-schema.json: #");
  }

  @Test
  void everyViolationIsToldInOneLine() throws IOException {
    var file = write("{\"S3Settings\": {\"BucketNam\": \"b\"}, \"Tags\": 1}");

    assertThatThrownBy(() -> files.model(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("BucketName")
        .hasMessageContaining("BucketNam]")
        .hasMessageContaining("#/Tags")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTypeConfigurationIsCheckedAgainstItsPartOfTheSchema() throws IOException {
    var file = write("{\"Environments\": [{\"Name\": \"dev\"}]}");

    assertThatThrownBy(() -> files.typeConfiguration(file))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("#/Environments/0: required key [DataLakeRoleArn] not found");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("file.json"), text);
  }

  private static Path input(int set, String operation) {
    return Path.of("inputs", "inputs_" + set + "_" + operation + ".json");
  }
}
