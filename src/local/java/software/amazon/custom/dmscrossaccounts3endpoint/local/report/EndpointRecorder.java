package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Invocation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;

/**
 * Recorder of one endpoint's invocations and events. Of requests and models only names get into the
 * report: no credentials, no settings.
 */
public final class EndpointRecorder implements Listener {

  /** An invocation, and its answer once there is one. */
  private static final class Recorded {
    private final StackOperation operation;
    private final String name;
    private final Instant at;
    private int end = Integer.MAX_VALUE;
    private Event event;
    private Instant aborted;
    private String reason = "The run ended here.";

    private Recorded(StackOperation operation, String name, Instant at) {
      this.operation = operation;
      this.name = name;
      this.at = at;
    }
  }

  private final RunRecorder run;
  private final EndpointOfRun subject;
  private final List<Recorded> invocations = new ArrayList<>();
  private String step;

  EndpointRecorder(RunRecorder run, EndpointOfRun subject) {
    this.run = run;
    this.subject = subject;
  }

  /** Names the operations that follow; without it they are called by their action. */
  public void step(String name) {
    synchronized (run) {
      step = name;
    }
  }

  @Override
  public void invoking(Invocation invocation) {
    synchronized (run) {
      var operation = invocation.operation();
      var name = step == null ? operation.action().name().toLowerCase(Locale.ROOT) : step;
      invocations.add(
          new Recorded(operation, operation.rollback() ? "rollback: " + name : name, run.now()));
    }
  }

  @Override
  public void answered(Invocation invocation, Event event) {
    synchronized (run) {
      last().end = run.next();
      last().event = event;
    }
  }

  @Override
  public void aborted(Invocation invocation, InvocationAborted reason) {
    synchronized (run) {
      last().end = run.next();
      last().aborted = run.now();
      last().reason = reason.getMessage();
    }
  }

  private Recorded last() {
    return invocations.get(invocations.size() - 1);
  }

  EndpointOfRun subject() {
    return subject;
  }

  /** Returns the step that was named last; null where none was. */
  String lastStep() {
    return step;
  }

  /** Returns the models that were asked for and answered. */
  Stream<ObjectNode> models() {
    return invocations.stream()
        .flatMap(
            each ->
                Stream.concat(
                    Stream.of(each.operation.properties()),
                    Optional.ofNullable(each.event).flatMap(Event::model).stream()));
  }

  /**
   * Returns the endpoint's part of the report.
   *
   * @param calls calls of this endpoint in their order; those that an event holds are taken out
   */
  RunReport.Endpoint report(Deque<RunRecorder.NumberedCall> calls) {
    var trust = calls.stream().map(RunRecorder.NumberedCall::call).flatMap(this::trust).toList();
    var role =
        calls.stream()
            .filter(each -> each.call().operation().equals("CreateRole"))
            .map(each -> each.call().parameters().path("RoleName").asText())
            .reduce("", (first, second) -> second);
    var arn =
        invocations.stream()
            .flatMap(each -> Optional.ofNullable(each.event).flatMap(Event::model).stream())
            .map(model -> model.path("EndpointArn").asText())
            .filter(text -> !text.isEmpty())
            .reduce("", (first, second) -> second);
    var operations = new ArrayList<RunReport.Operation>();
    for (var from = 0; from < invocations.size(); ) {
      var to = from + 1;
      var token = invocations.get(from).operation.token();
      while (to < invocations.size() && invocations.get(to).operation.token().equals(token)) {
        to++;
      }
      operations.add(operation(invocations.subList(from, to), calls));
      from = to;
    }
    var ready =
        operations.stream()
            .filter(each -> each.action().equals("CREATE"))
            .findFirst()
            .filter(each -> each.status().equals("SUCCESS"))
            .map(RunReport.Operation::lasted);
    var known = arn.isEmpty() ? "the endpoint" : arn.substring(arn.lastIndexOf(':') + 1);
    return new RunReport.Endpoint(
        subject.name().isEmpty() ? known : subject.name(),
        subject.group(),
        arn,
        role,
        ready.orElse(null),
        List.copyOf(operations),
        trust);
  }

  private RunReport.Operation operation(List<Recorded> all, Deque<RunRecorder.NumberedCall> calls) {
    var events = new ArrayList<RunReport.Event>();
    var phases = new ArrayList<RunReport.Phase>();
    var began = run.seconds(all.get(0).at);
    var from = began;
    var phase = "BEGIN";
    for (var each : all) {
      var its = new ArrayList<RunReport.Call>();
      while (!calls.isEmpty() && calls.getFirst().number() < each.end) {
        its.add(run.reported(calls.removeFirst().call()));
      }
      var event = event(each, phase, its);
      events.add(event);
      var last = phases.isEmpty() ? null : phases.get(phases.size() - 1);
      if (last != null && last.name().equals(phase)) {
        phases.set(phases.size() - 1, new RunReport.Phase(phase, last.from(), event.at()));
      } else {
        phases.add(new RunReport.Phase(phase, from, event.at()));
      }
      from = event.at();
      // A failure that is retried goes on from the context before it.
      phase =
          Optional.ofNullable(each.event)
              .flatMap(Event::callbackContext)
              .map(context -> context.path("phase").asText())
              .orElse(phase);
    }
    return new RunReport.Operation(
        all.get(0).name,
        all.get(0).operation.action().name(),
        began,
        events.get(events.size() - 1).status(),
        List.copyOf(phases),
        List.copyOf(events));
  }

  private RunReport.Event event(Recorded each, String phase, List<RunReport.Call> calls) {
    if (each.event != null) {
      return new RunReport.Event(
          run.seconds(each.event.at()),
          each.event.status().name(),
          phase,
          each.event.errorCode().map(Enum::name).orElse(""),
          each.event.message(),
          calls);
    }
    var begun = run.seconds(each.at);
    var at =
        each.aborted == null
            ? calls.stream().mapToDouble(RunReport.Call::at).reduce(begun, Math::max)
            : run.seconds(each.aborted);
    return new RunReport.Event(at, RunReport.NO_ANSWER, phase, "", each.reason, calls);
  }

  private Stream<RunReport.TrustVersion> trust(Call call) {
    var document =
        switch (call.action()) {
          case "iam:CreateRole" -> call.parameters().path("AssumeRolePolicyDocument");
          case "iam:UpdateAssumeRolePolicy" -> call.parameters().path("PolicyDocument");
          default -> null;
        };
    return document == null || !call.succeeded()
        ? Stream.of()
        : Stream.of(
            new RunReport.TrustVersion(
                run.seconds(call.at()),
                call.operation(),
                Json.pretty(Json.object(document.asText())).lines().toList()));
  }
}
