package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.EndpointRecorder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.Seconds;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * The life of one endpoint: created, read, listed, updated, updated without a change, deleted.
 * Every step is checked behind the API, and at the end nothing may be left.
 */
final class LifecycleJob {
  private final LocalPlatform platform;
  private final CloudFormation cloudFormation;
  private final Time time;
  private final EndpointRecorder recorder;
  private final PrintWriter out;
  private final Table summary = new Table("operation", "events", "calls", "seconds");
  private CallTally calls;

  /**
   * A life in an account that has stacks.
   *
   * @param cloudFormation calls the provider for a stack in the DMS account
   * @param time the clock that operations are timed by
   * @param recorder is told the names of the steps
   */
  LifecycleJob(
      LocalPlatform platform,
      CloudFormation cloudFormation,
      Time time,
      EndpointRecorder recorder,
      PrintWriter out) {
    this.platform = platform;
    this.cloudFormation = cloudFormation;
    this.time = time;
    this.recorder = recorder;
    this.out = out;
  }

  /**
   * Lives it.
   *
   * @param inputs what is asked for first, and then
   * @throws StepFailed when a step does not hold
   */
  void run(InputSet inputs) {
    var created = create(inputs.create());
    read(created);
    list(created);
    var updated = update("update", withIdentifier(inputs.update(), created), created);
    read(updated);
    update("update without a change", withIdentifier(inputs.update(), updated), updated);
    require(calls.changes().isEmpty(), "an update without a change changed: " + calls.changes());
    delete(updated);
    summary.print(section("summary"));
    out.flush();
  }

  private ObjectNode create(ObjectNode template) {
    var model = succeeded(step("create", () -> cloudFormation.create(template)));
    printTrust(model);
    return model;
  }

  private void read(ObjectNode model) {
    var identifier = cloudFormation.schema().identifierOnly(model);
    var read = succeeded(step("read", () -> cloudFormation.read(identifier)));
    require(read.equals(model), "read returned " + read + " and not " + model);
  }

  private void list(ObjectNode model) {
    var wanted = identifier(model);
    begin("list");
    var begin = time.now();
    var pages = cloudFormation.list();
    tally("list", pages.size(), begin);
    var listed =
        pages.stream().flatMap(page -> page.models().stream()).map(this::identifier).toList();
    out.println("  listed: " + String.join(", ", listed));
    require(listed.contains(wanted), "the list has no " + wanted);
  }

  private ObjectNode update(String name, ObjectNode wanted, ObjectNode previous) {
    var model = succeeded(step(name, () -> cloudFormation.update(wanted, previous)));
    var recreated = calls.changes().contains("dms:DeleteEndpoint");
    out.println(
        "  the endpoint was "
            + (recreated ? "recreated" : "left in place")
            + ", its ARN is "
            + identifier(model));
    return model;
  }

  private void delete(ObjectNode model) {
    var deleted = step("delete", () -> cloudFormation.delete(model));
    require(deleted.succeeded(), deleted.toString());
    var identifier = cloudFormation.schema().identifierOnly(model);
    var gone = step("read what is gone", () -> cloudFormation.read(identifier));
    require(gone.failedWith(HandlerErrorCode.NotFound), "read after delete: " + gone);
    var left = platform.added();
    section("left in " + String.join(" and ", platform.accounts()));
    out.println("  " + (left.isEmpty() ? "nothing" : String.join(", ", left)));
    require(left.isEmpty(), "something is left: " + String.join(", ", left));
  }

  private Outcome step(String name, Supplier<Outcome> operation) {
    begin(name);
    var begin = time.now();
    var outcome = operation.get();
    tally(name, outcome.events().size(), begin);
    return outcome;
  }

  private void begin(String step) {
    recorder.step(step);
    section(step);
  }

  private void tally(String name, int events, Instant begin) {
    calls = platform.takeCalls();
    var seconds = Seconds.of(Duration.between(begin, time.now()));
    summary.row(name, events, calls.size(), seconds);
    out.println("  calls: " + calls);
  }

  /** The trust policy as the role was made with it, and as the handshake left it. */
  private void printTrust(ObjectNode model) {
    var roleArn = model.path("ServiceAccessRoleArn").asText();
    var after =
        platform.trustOf(roleArn).orElseThrow(() -> new StepFailed("there is no role " + roleArn));
    var before =
        calls.calls().stream()
            .filter(call -> call.operation().equals("CreateRole") && call.succeeded())
            .map(call -> call.parameters().path("AssumeRolePolicyDocument").asText())
            .findFirst()
            .orElseThrow(() -> new StepFailed("no role was created"));
    out.println("  trust policy of " + roleArn + " before the handshake:");
    out.println(Json.pretty(Json.object(before)).indent(4).stripTrailing());
    out.println("  and after it:");
    out.println(Json.pretty(after).indent(4).stripTrailing());
    require(
        after.findValuesAsText("sts:ExternalId").equals(List.of(model.path("ExternalId").asText())),
        "the trust policy does not ask for the external id " + model.path("ExternalId"));
  }

  private PrintWriter section(String name) {
    out.println();
    out.println(name);
    out.flush();
    return out;
  }

  private ObjectNode withIdentifier(ObjectNode template, JsonNode model) {
    return cloudFormation.schema().withIdentifier(template, model);
  }

  private String identifier(ObjectNode model) {
    return cloudFormation.schema().identifierOf(model).orElseThrow();
  }

  private static ObjectNode succeeded(Outcome outcome) {
    return Optional.of(outcome)
        .flatMap(Outcome::model)
        .orElseThrow(() -> new StepFailed(outcome.toString()));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new StepFailed(otherwise);
    }
  }
}
