package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunFacts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunRecorder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.ProviderPool;

/** The command that runs a fleet of endpoints. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Creates, reads and deletes many endpoints in every environment of a type configuration,"
            + " several at a time, and checks that nothing is left.")
final class FleetCommand implements Callable<Integer> {
  static final Path SAMPLE = Path.of("examples", "type-configuration.json");
  static final int ENDPOINTS = 12;
  static final int PARALLEL = 12;

  @Spec private CommandSpec spec;

  @Option(
      names = "--endpoints",
      paramLabel = "N",
      defaultValue = "" + ENDPOINTS,
      description = "How many in each environment. Default: ${DEFAULT-VALUE}")
  private int endpoints;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "" + PARALLEL,
      description = "How many at a time. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Mixin private ReportOption report;

  @Mixin private LocalOptions options;

  @Override
  public Integer call() {
    return run(spec.commandLine(), options, report, endpoints, parallel);
  }

  static int run(
      CommandLine command, LocalOptions options, ReportOption report, int endpoints, int parallel) {
    if (endpoints < 1 || endpoints > 99) {
      throw new BadInput("--endpoints: not between 1 and 99: " + endpoints);
    }
    if (parallel < 1 || parallel > 64) {
      throw new BadInput("--parallel: not between 1 and 64: " + parallel);
    }
    var file = report.file();
    var out = command.getOut();
    var schema = ResourceSchema.ofThisType();
    var typeConfiguration = options.typeConfiguration(new InputFiles(schema), SAMPLE);
    var environments = typeConfiguration.path("Environments").size();
    if (environments == 0) {
      throw new BadInput("--type-configuration: it has no environments");
    }
    var plan = AccountPlan.ofOneStackAccountPerEnvironment(options.partition(), typeConfiguration);
    out.println(
        "%s: %d endpoints in each of %d environments, %d accounts, %d at a time"
            .formatted(
                schema.typeName(), endpoints, environments, plan.accounts().size(), parallel));
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("Endpoints", endpoints + " in each of " + environments + " environments");
    parameters.put("At a time", "" + parallel);
    parameters.putAll(options.inWords(SAMPLE.toString()));
    parameters.put("Time", "the machine's");
    var facts = new RunFacts("A fleet", schema.typeName(), parameters, plan.uses());
    var provider = new ProviderPool(() -> new HandlerProvider(options.log(command.getErr())));
    try (var platform = LocalPlatform.start(plan, options, LocalClock.system(), 0)) {
      var recorder = new RunRecorder(Instant::now);
      var job = new FleetJob(platform, plan, options, recorder, out);
      new ReportedRun(file, facts, platform, recorder, out, command.getErr())
          .run(() -> job.run(provider, typeConfiguration, endpoints, parallel));
    }
    out.println("every step held");
    return ExitCode.OK;
  }
}
