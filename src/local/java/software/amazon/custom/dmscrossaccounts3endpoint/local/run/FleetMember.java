package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOutcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

/** One endpoint of a fleet, in a stack of its own. Used by one thread at a time. */
final class FleetMember {
  private final String environment;
  private final ObjectNode template;
  private final Stack stack;
  private Duration toCreate = Duration.ZERO;

  FleetMember(String environment, ObjectNode template, CloudFormation cloudFormation) {
    this.environment = environment;
    this.template = template;
    this.stack = new Stack(cloudFormation);
  }

  String environment() {
    return environment;
  }

  /** How long the create took. */
  Duration toCreate() {
    return toCreate;
  }

  void create() {
    var begin = Instant.now();
    require(stack.create(template), StackStatus.CREATE_COMPLETE);
    toCreate = Duration.between(begin, Instant.now());
  }

  void read() {
    if (stack.identifier().isEmpty()) {
      return; // its create has failed, which is told already
    }
    var read = stack.read();
    if (!read.succeeded()) {
      throw failed(read);
    }
    var status = read.model().orElseThrow().path("Status").asText();
    if (!status.equals("active")) {
      throw new StepFailed(stack.identifier().get() + " is " + status);
    }
  }

  void delete() {
    require(stack.delete(), StackStatus.DELETE_COMPLETE);
  }

  private void require(StackOutcome outcome, StackStatus expected) {
    if (outcome.status() != expected) {
      throw failed(outcome.outcomes().get(0));
    }
  }

  private StepFailed failed(Outcome outcome) {
    return new StepFailed(
        template.path("EndpointIdentifier").asText() + " in " + environment + ": " + outcome);
  }
}
