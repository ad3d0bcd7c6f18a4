package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.EndpointOfRun;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunRecorder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.Seconds;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/**
 * Many endpoints in every environment of a type configuration, several at a time: all are created,
 * read and deleted, and at the end nothing may be left.
 */
final class FleetJob {
  /** An endpoint, its role and its policy. */
  private static final int THINGS_PER_ENDPOINT = 3;

  private final LocalPlatform platform;
  private final AccountPlan plan;
  private final LocalOptions options;
  private final RunRecorder recorder;
  private final PrintWriter out;
  private final List<FleetMember> members = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Instant begin = Instant.now();

  FleetJob(
      LocalPlatform platform,
      AccountPlan plan,
      LocalOptions options,
      RunRecorder recorder,
      PrintWriter out) {
    this.platform = platform;
    this.plan = plan;
    this.options = options;
    this.recorder = recorder;
    this.out = out;
  }

  /**
   * Runs the fleet.
   *
   * @throws StepFailed when anything does not hold
   */
  void run(Provider provider, ObjectNode typeConfiguration, int endpoints, int parallel) {
    var environments = typeConfiguration.path("Environments");
    for (var environment : environments) {
      for (int number = 1; number <= endpoints; number++) {
        members.add(member(provider, typeConfiguration, environment, number));
      }
    }
    var threads = Executors.newFixedThreadPool(parallel);
    try {
      phase(threads, "created", FleetMember::create);
      check(
          platform.added().size() == members.size() * THINGS_PER_ENDPOINT,
          "the accounts hold " + String.join(", ", platform.added()));
      phase(threads, "read", FleetMember::read);
      phase(threads, "deleted", FleetMember::delete);
    } finally {
      threads.shutdownNow();
    }
    var left = platform.added();
    check(left.isEmpty(), "something is left: " + String.join(", ", left));
    summary(environments);
    out.println(
        "left in "
            + platform.accounts().size()
            + " accounts: "
            + (left.isEmpty() ? "nothing" : String.join(", ", left)));
    if (!failures.isEmpty()) {
      throw new StepFailed(
          failures.size() + " steps did not hold, the first of them: " + failures.get(0));
    }
  }

  private FleetMember member(
      Provider provider, ObjectNode typeConfiguration, JsonNode environment, int number) {
    var name = environment.path("Name").asText();
    var pair = plan.pairOf(environment);
    var account = pair.dms();
    var identifier = "%s-lake-%02d".formatted(name.replaceAll("[^A-Za-z0-9]", "x"), number);
    var template = Json.object().put("Environment", name).put("EndpointIdentifier", identifier);
    template
        .putObject("S3Settings")
        .put("BucketName", "example-data-lake")
        .put("BucketFolder", identifier)
        .put("DataFormat", "parquet");
    template.putArray("Tags").addObject().put("Key", "environment").put("Value", name);
    var cloudFormation =
        CloudFormation.calling(provider)
            .region(options.region())
            .account(account)
            .stackName(identifier)
            .typeConfiguration(typeConfiguration)
            .credentials(() -> platform.executionRole(account))
            .listener(
                recorder.endpoint(
                    new EndpointOfRun(identifier, name, Set.of(pair.dms(), pair.dataLake()))))
            .build();
    return new FleetMember(name, template, cloudFormation);
  }

  private void phase(ExecutorService threads, String name, Consumer<FleetMember> step) {
    var progress = new ProgressLine(out, name, members.size());
    var running = new ArrayList<Future<?>>();
    for (var member : members) {
      running.add(
          threads.submit(
              () -> {
                try {
                  step.accept(member);
                } finally {
                  progress.step();
                }
              }));
    }
    for (var future : running) {
      try {
        future.get();
      } catch (ExecutionException e) {
        failures.add(String.valueOf(e.getCause().getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StepFailed("interrupted");
      }
    }
  }

  private void summary(JsonNode environments) {
    var calls = platform.takeCalls();
    var table =
        new Table(
            "environment",
            "DMS account",
            "data-lake account",
            "endpoints",
            "calls",
            "calls/endpoint",
            "seconds to create");
    for (var environment : environments) {
      var pair = plan.pairOf(environment);
      var name = environment.path("Name").asText();
      var inIt = members.stream().filter(member -> member.environment().equals(name)).toList();
      var itsCalls =
          calls.calls().stream()
              .filter(
                  call ->
                      Objects.equals(call.account(), pair.dms())
                          || Objects.equals(call.account(), pair.dataLake()))
              .count();
      table.row(
          name,
          pair.dms(),
          pair.dataLake(),
          inIt.size(),
          itsCalls,
          perEndpoint(itsCalls, inIt.size()),
          secondsToCreate(inIt));
    }
    table.row(
        "all",
        "",
        "",
        members.size(),
        calls.size(),
        perEndpoint(calls.size(), members.size()),
        secondsToCreate(members));
    out.println();
    table.print(out);
    out.println();
    out.println(Seconds.of(Duration.between(begin, Instant.now())) + " s in all");
  }

  private static String perEndpoint(long calls, int endpoints) {
    return String.valueOf(Math.round((double) calls / endpoints));
  }

  private static String secondsToCreate(List<FleetMember> members) {
    var together =
        members.stream().map(FleetMember::toCreate).reduce(Duration.ZERO, Duration::plus);
    return Seconds.of(together.dividedBy(members.size()));
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      failures.add(otherwise);
    }
  }
}
