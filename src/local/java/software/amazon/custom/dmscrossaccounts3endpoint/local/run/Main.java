package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.EndpointOfRun;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.ReportFile;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunFacts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunRecorder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * Runs the provider on a local AWS, without an AWS account. Exit codes: 0 when every step held, 1
 * when one did not, 2 when what the user gave is wrong.
 */
@Command(
    name = "local-run",
    mixinStandardHelpOptions = true,
    version = "1.0.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Runs the resource type on a local AWS with several accounts. Needs no AWS account.",
      "",
      "Without a command it takes one endpoint through create, read, list, update, an update"
          + " without a change and delete, and checks that nothing is left."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every step held", "1:a step did not hold", "2:bad input or usage"},
    commandListHeading = "%nCommands:%n",
    subcommands = {
      FleetCommand.class,
      ServeCommand.class,
      ExplainLogCommand.class,
      DoctorCommand.class,
      MigrateCommand.class
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--inputs",
      paramLabel = "FOLDER",
      defaultValue = "inputs",
      description = "Where the input files are. Default: ${DEFAULT-VALUE}")
  private Path inputs;

  @Option(
      names = "--set",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Which set of them, inputs_N_create.json and inputs_N_update.json. Default:"
              + " ${DEFAULT-VALUE}")
  private int set;

  @Option(
      names = "--fleet",
      description = "Run the command fleet, with its defaults, in place of one endpoint.")
  private boolean fleet;

  @Option(
      names = "--virtual-time",
      description = "Do not wait: move the time of the local AWS instead. Not for a fleet.")
  private boolean virtualTime;

  @Mixin private ReportOption report;

  @Mixin private LocalOptions options;

  /**
   * Starts the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  /**
   * Runs the program in this JVM.
   *
   * @param args see {@code --help}
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::report)
        .execute(args);
  }

  /** An option before a command would be one of this program, which the command does not see. */
  private static int execute(ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
      parsed.matchedOptions().stream()
          .findFirst()
          .ifPresent(
              option -> {
                throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "%s: goes behind the command %s"
                        .formatted(option.longestName(), parsed.subcommand().commandSpec().name()));
              });
    }
    return new RunLast().execute(parsed);
  }

  private static int refuse(ParameterException e, String[] args) {
    var command = e.getCommandLine();
    command
        .getErr()
        .println(
            command.getCommandName()
                + ": "
                + new BadInput(e.getMessage()).getMessage()
                + " (--help tells more)");
    return ExitCode.USAGE;
  }

  private static int report(Exception e, CommandLine command, ParseResult parsed) {
    command.getErr().println(command.getCommandName() + ": " + ReportedRun.inWords(e));
    return e instanceof BadInput ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() {
    if (fleet && virtualTime) {
      throw new BadInput("--virtual-time: not together with --fleet");
    }
    if (fleet) {
      return FleetCommand.run(
          spec.commandLine(), options, report, FleetCommand.ENDPOINTS, FleetCommand.PARALLEL);
    }
    var file = report.file();
    var out = spec.commandLine().getOut();
    var files = new InputFiles(ResourceSchema.ofThisType());
    var inputSet = InputSet.read(files, inputs, set);
    var typeConfiguration = options.typeConfiguration(files);
    inputSet.requireEnvironmentsOf(typeConfiguration);
    var plan =
        AccountPlan.ofOneStackAccount(
            options.partition(), List.of(inputSet.create(), inputSet.update()), typeConfiguration);
    live(inputSet, plan, typeConfiguration, file);
    out.println();
    out.println("every step held");
    return ExitCode.OK;
  }

  private void live(
      InputSet inputSet,
      AccountPlan plan,
      ObjectNode typeConfiguration,
      Optional<ReportFile> file) {
    var out = spec.commandLine().getOut();
    var log = options.log(spec.commandLine().getErr());
    var clock = virtualTime ? LocalClock.virtual() : LocalClock.system();
    var time = virtualTime ? new VirtualTime(clock) : Time.ofMachine();
    try (var platform = LocalPlatform.start(plan, options, clock, 0)) {
      var recorder = new RunRecorder(time::now);
      var endpoint = recorder.endpoint(new EndpointOfRun("", "", plan.accounts()));
      var cloudFormation =
          CloudFormation.calling(new HandlerProvider(time, log))
              .region(options.region())
              .account(AccountPlan.STACK_ACCOUNT)
              .stackName("local-run")
              .typeConfiguration(typeConfiguration)
              .credentials(() -> platform.executionRole(AccountPlan.STACK_ACCOUNT))
              .time(time)
              .listener(new EventPrinter(out, options.verbose()).and(endpoint))
              .build();
      out.println(
          "%s, set %d of %s, on a local AWS at %s (%s)"
              .formatted(
                  cloudFormation.schema().typeName(),
                  set,
                  inputs,
                  platform.endpoint(),
                  options.region()));
      for (var pair : plan.pairs()) {
        out.println("DMS account " + pair.dms() + ", data-lake account " + pair.dataLake());
      }
      var job = new LifecycleJob(platform, cloudFormation, time, endpoint, out);
      var facts =
          new RunFacts(
              "One endpoint", cloudFormation.schema().typeName(), parameters(), plan.uses());
      new ReportedRun(file, facts, platform, recorder, out, spec.commandLine().getErr())
          .run(() -> job.run(inputSet));
    }
  }

  private Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("Inputs", "set " + set + " of " + inputs);
    parameters.putAll(options.inWords("none"));
    parameters.put("Time", virtualTime ? "virtual" : "the machine's");
    return parameters;
  }
}
