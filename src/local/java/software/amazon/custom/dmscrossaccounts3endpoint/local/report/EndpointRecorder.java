package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Invocation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;

/**
 * Records what CloudFormation and the provider say to each other about one endpoint. Of requests
 * and models only names get into the report: no credentials, no settings.
 */
public final class EndpointRecorder implements Listener {
  private final RunRecorder run;
  private final EndpointOfRun subject;
  private final List<Recorded> log = new ArrayList<>();
  private String step;

  EndpointRecorder(RunRecorder run, EndpointOfRun subject) {
    this.run = run;
    this.subject = subject;
  }

  /** Names the operations that follow; without it they are called by their action. */
  public void step(String name) {
    run.inOrder(number -> step = name);
  }

  @Override
  public void invoking(Invocation invocation) {
    var operation = invocation.operation();
    run.inOrder(
        number ->
            log.add(
                new Recorded.Asked(
                    number,
                    run.now(),
                    operation.token(),
                    name(operation),
                    operation.action().name(),
                    operation.properties())));
  }

  @Override
  public void answered(Invocation invocation, Event event) {
    run.inOrder(number -> log.add(new Recorded.Answered(number, event)));
  }

  @Override
  public void aborted(Invocation invocation, InvocationAborted reason) {
    run.inOrder(number -> log.add(new Recorded.Unanswered(number, run.now(), reason.getMessage())));
  }

  private String name(StackOperation operation) {
    var name = step == null ? operation.action().name().toLowerCase(Locale.ROOT) : step;
    return operation.rollback() ? "rollback: " + name : name;
  }

  EndpointOfRun subject() {
    return subject;
  }

  List<Recorded> log() {
    return log;
  }

  /** The step that was named last; null where none was. */
  String lastStep() {
    return step;
  }
}
