package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.https.AwsHosts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.lambda.LambdaEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.HandlerProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.ProviderPool;

/** The command that serves the provider to the tools of CloudFormation and to the AWS CLI. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Serves the provider as Lambda functions named TypeFunction and TestEntrypoint until it is"
          + " stopped, with a local AWS beside it.",
      "",
      "Where AWS_ENDPOINT_URL is set, the provider talks to that, and there is no local AWS."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "3001",
      description =
          "Port of the functions on 127.0.0.1, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--aws-port",
      paramLabel = "PORT",
      defaultValue = "3002",
      description = "Port of the local AWS, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int awsPort;

  @Option(
      names = "--proxy-port",
      paramLabel = "PORT",
      defaultValue = "3003",
      description =
          "Port of an HTTPS proxy that leads STS's own host name to the local AWS, 0 for a free"
              + " one. cfn needs it. Default: ${DEFAULT-VALUE}")
  private int proxyPort;

  @Option(
      names = "--inputs",
      paramLabel = "FOLDER",
      defaultValue = "inputs",
      description =
          "The local AWS has the roles that the input files there name. Default: ${DEFAULT-VALUE}")
  private Path inputs;

  @Mixin private LocalOptions options;

  @Override
  public Integer call() {
    requirePort("--port", port);
    requirePort("--aws-port", awsPort);
    requirePort("--proxy-port", proxyPort);
    var out = spec.commandLine().getOut();
    var schema = ResourceSchema.ofThisType();
    var guide = new ServeGuide(out, options.region(), schema.typeName());
    var elsewhere = System.getenv("AWS_ENDPOINT_URL");
    if (elsewhere != null && !elsewhere.isBlank()) {
      serve(guide, () -> guide.elsewhere(elsewhere));
    } else {
      var plan = plan(new InputFiles(schema));
      TemporaryFolder.during(folder -> serveWithLocalAws(guide, plan, folder));
    }
    return ExitCode.OK;
  }

  private static void requirePort(String option, int value) {
    if (value < 0 || value > 65535) {
      throw new BadInput(option + ": not a port: " + value);
    }
  }

  private AccountPlan plan(InputFiles files) {
    var models = new ArrayList<ObjectNode>();
    for (int set = 1; Files.exists(InputSet.createFile(inputs, set)); set++) {
      models.add(files.model(InputSet.createFile(inputs, set)));
    }
    return AccountPlan.ofOneStackAccount(
        options.partition(), models, options.typeConfiguration(files, FleetCommand.SAMPLE));
  }

  private void serveWithLocalAws(ServeGuide guide, AccountPlan plan, Path folder) {
    try (var platform = LocalPlatform.start(plan, options, LocalClock.system(), awsPort);
        var hosts = AwsHosts.start(proxyPort, platform.endpoint(), stsHosts(), folder)) {
      serve(guide, () -> guide.exports(platform, hosts));
    } catch (IOException e) {
      throw new StepFailed("can't serve STS on 127.0.0.1:" + proxyPort + ": " + e.getMessage());
    }
  }

  /** The names that the CloudFormation CLI may ask for, whatever Region it is told. */
  private static List<String> stsHosts() {
    return Region.regions().stream()
        .filter(region -> !region.isGlobalRegion())
        .map(region -> StsClient.serviceMetadata().endpointFor(region).toString())
        .distinct()
        .toList();
  }

  private void serve(ServeGuide guide, Runnable introduction) {
    var log = options.log(spec.commandLine().getErr());
    var out = spec.commandLine().getOut();
    var provider = new InvocationPrinter(new ProviderPool(() -> new HandlerProvider(log)), out);
    try (var functions = LambdaEndpoint.start(port, provider)) {
      out.println("TypeFunction and TestEntrypoint at " + functions.uri());
      introduction.run();
      guide.commands(functions.uri());
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw new StepFailed("can't listen on 127.0.0.1:" + port + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever runs this in a thread has stopped it
    }
  }
}
