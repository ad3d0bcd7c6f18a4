package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Diagnosis;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Doctor;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.DoctorException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Command that checks the registration of the type and the accounts of its environments. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Checks that everything that the type needs is there and whole, on AWS with your"
          + " credentials, and changes nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is broken",
      "1:something is broken",
      "2:bad input, or no credentials"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final String REGION = "[a-z]{2}(-[a-z]+)+-[0-9]";
  private static final String TYPE_NAME = "[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}";

  @Spec private CommandSpec spec;

  @Option(
      names = "--type-configuration",
      paramLabel = "FILE",
      description = "Type configuration of the account and Region, a JSON file; required.")
  private @Nullable Path typeConfiguration;

  @Option(
      names = "--demo",
      description =
          "Show the reports of a healthy and of a broken set-up on a local AWS. Needs no AWS"
              + " account, and takes no other option but --json.")
  private boolean demo;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Look at this environment only; may be given again. Default: all")
  private List<String> environments = List.of();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Region of the registration. Default: AWS_REGION, AWS_DEFAULT_REGION, that of the"
              + " profile")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration. Default: as the AWS SDK finds credentials")
  private @Nullable String profile;

  @Option(
      names = "--type-name",
      paramLabel = "NAME",
      description = "Name under which the type is registered. Default: that of the schema")
  private @Nullable String typeName;

  @Option(names = "--json", description = "Print JSON in place of a table.")
  private boolean json;

  @Override
  public Integer call() {
    if (demo) {
      return showDemo();
    }
    if (typeConfiguration == null) {
      throw new BadInput("Missing required option: '--type-configuration=FILE'");
    }
    var schema = ResourceSchema.ofThisType();
    var configuration = new InputFiles(schema).typeConfiguration(typeConfiguration);
    var diagnosis =
        examine(
            new Doctor(
                configuration,
                typeConfiguration.toString(),
                checkedTypeName(typeName == null ? schema.typeName() : typeName),
                checkedRegion(),
                environments,
                credentials(),
                Instant::now));
    print(json ? List.of(Json.pretty(diagnosis.json())) : diagnosis.table());
    return diagnosis.isHealthy() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void print(List<String> lines) {
    var out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }

  /** Prints both reports; one JSON list where JSON is asked for. */
  private int showDemo() {
    var given =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !List.of("--demo", "--json").contains(name))
            .findFirst();
    if (given.isPresent()) {
      throw new BadInput(given.get() + ": not together with --demo");
    }
    var reports = DoctorDemo.reports();
    if (json) {
      print(
          List.of(Json.pretty(Json.tree(reports.values().stream().map(Diagnosis::json).toList()))));
    } else {
      reports.forEach(
          (title, diagnosis) -> {
            print(List.of("", title, ""));
            print(diagnosis.table());
          });
    }
    return ExitCode.OK;
  }

  private static Diagnosis examine(Doctor doctor) {
    try {
      return doctor.examine();
    } catch (DoctorException e) {
      throw new BadInput(e.getMessage());
    }
  }

  private static String checkedTypeName(String name) {
    if (!name.matches(TYPE_NAME)) {
      throw new BadInput("--type-name: not the name of a type: " + name);
    }
    return name;
  }

  private String checkedRegion() {
    var named = region == null ? configuredRegion() : region;
    if (!named.matches(REGION)) {
      throw new BadInput("--region: not a Region: " + named);
    }
    return named;
  }

  /** The SDK does not read AWS_DEFAULT_REGION, the AWS CLI does. */
  private String configuredRegion() {
    AwsRegionProvider byDefault =
        () ->
            Optional.ofNullable(System.getenv("AWS_DEFAULT_REGION"))
                .filter(name -> !name.isBlank())
                .map(Region::of)
                .orElse(null);
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(),
              byDefault,
              new AwsProfileRegionProvider(null, profile),
              new InstanceProfileRegionProvider())
          .getRegion()
          .id();
    } catch (SdkClientException e) {
      throw new BadInput("no Region: name one with --region");
    }
  }

  private AwsCredentialsProvider credentials() {
    return profile == null
        ? DefaultCredentialsProvider.builder().build()
        : ProfileCredentialsProvider.create(profile);
  }
}
