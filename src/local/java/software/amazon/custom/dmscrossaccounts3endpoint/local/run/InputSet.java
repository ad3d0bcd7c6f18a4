package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/**
 * One set of input files, named as the CloudFormation CLI names them.
 *
 * @param create the model that is asked for first
 * @param update the model that is asked for afterwards
 */
record InputSet(ObjectNode create, ObjectNode update) {

  /**
   * Reads a set.
   *
   * @throws BadInput when a file is not there or not valid
   */
  static InputSet read(InputFiles files, Path folder, int number) {
    return new InputSet(
        files.model(createFile(folder, number)),
        files.model(folder.resolve("inputs_" + number + "_update.json")));
  }

  /**
   * Checks that the environments are known, which tells more than the provider could: it does not
   * know where type configurations come from.
   *
   * @throws BadInput when a model names an environment that the type configuration does not have
   */
  void requireEnvironmentsOf(ObjectNode typeConfiguration) {
    var known = typeConfiguration.path("Environments").findValuesAsText("Name");
    for (var model : List.of(create, update)) {
      var environment = model.path("Environment").asText();
      if (!environment.isEmpty() && !known.contains(environment)) {
        throw new BadInput(
            "--type-configuration: an input names the environment "
                + environment
                + ", the type configuration has "
                + (known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  /** The file with the model that a set asks for first. */
  static Path createFile(Path folder, int number) {
    return folder.resolve("inputs_" + number + "_create.json");
  }
}
