package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

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

  /** The file with the model that a set asks for first. */
  static Path createFile(Path folder, int number) {
    return folder.resolve("inputs_" + number + "_create.json");
  }
}
