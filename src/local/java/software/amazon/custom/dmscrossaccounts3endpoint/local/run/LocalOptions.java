package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Options that say how the local AWS behaves, the same for all commands. */
final class LocalOptions {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "eu-central-1",
      description = "Region of the stacks. Default: ${DEFAULT-VALUE}")
  private String region;

  @Option(
      names = "--type-configuration",
      paramLabel = "FILE",
      description =
          "Type configuration of the accounts, a JSON file. Default: for fleet and serve"
              + " examples/type-configuration.json, else none")
  private Path typeConfiguration;

  @Option(
      names = "--propagation",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long DMS does not see changes of IAM. Default: ${DEFAULT-VALUE}")
  private int propagation;

  @Option(
      names = "--dialect",
      paramLabel = "DIALECT",
      defaultValue = "NOTHING_KEPT",
      description =
          "What DMS does with the first CreateEndpoint, one of: ${COMPLETION-CANDIDATES}."
              + " Default: ${DEFAULT-VALUE}")
  private HandshakeDialect dialect;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print every event in full, and the handlers' log on stderr.")
  private boolean verbose;

  String region() {
    return region;
  }

  /** The partition of the Region. */
  String partition() {
    if (!region.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
      throw new BadInput("--region: not a Region: " + region);
    }
    return PartitionMetadata.of(Region.of(region)).id();
  }

  /**
   * The type configuration.
   *
   * @return an empty object where none was given
   */
  ObjectNode typeConfiguration(InputFiles files) {
    return typeConfiguration == null ? Json.object() : files.typeConfiguration(typeConfiguration);
  }

  /** The type configuration, from this file where none was given. */
  ObjectNode typeConfiguration(InputFiles files, Path otherwise) {
    return files.typeConfiguration(typeConfiguration == null ? otherwise : typeConfiguration);
  }

  Duration propagation() {
    if (propagation < 0) {
      throw new BadInput("--propagation: less than no time: " + propagation);
    }
    return Duration.ofSeconds(propagation);
  }

  /**
   * What these options say, for people.
   *
   * @param otherwise the type configuration where none was given, such as {@code none}
   */
  Map<String, String> inWords(String otherwise) {
    var words = new LinkedHashMap<String, String>();
    words.put("Region", region);
    words.put(
        "Type configuration", typeConfiguration == null ? otherwise : typeConfiguration.toString());
    words.put("Propagation of IAM's changes", propagation + " s");
    words.put("First CreateEndpoint", dialect.name());
    return words;
  }

  HandshakeDialect dialect() {
    return dialect;
  }

  /** Takes the handlers' log: to stderr where it is wanted, else nowhere. */
  Consumer<String> log(PrintWriter err) {
    return verbose ? line -> err.println(line.stripTrailing()) : line -> {};
  }

  boolean verbose() {
    return verbose;
  }
}
