package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;

/** What is reported is what happened. */
class RunReportTest {

  @Test
  void callsAreThoseOfTheLocalAws() {
    try (var lives = new RecordedLives()) {
      lives.live("sales-lake");

      var report = lives.report();
      var counted = new HashMap<String, Long>();
      for (var service : report.services()) {
        for (var operation : service.operations()) {
          counted.put(service.service() + ":" + operation.operation(), (long) operation.calls());
        }
      }
      assertThat(counted)
          .isEqualTo(lives.calls().stream().collect(groupingBy(Call::action, counting())));
      assertThat(report.calls()).hasSameSizeAs(lives.calls());
      assertThat(
              report.services().stream()
                  .flatMap(service -> service.operations().stream())
                  .flatMap(operation -> operation.errors().values().stream())
                  .mapToLong(number -> number)
                  .sum())
          .isEqualTo(lives.calls().stream().filter(call -> !call.succeeded()).count());
    }
  }

  @Test
  void everyCallIsThatOfTheEndpointItNames() {
    try (var lives = new RecordedLives()) {
      lives.live("sales-lake");
      var before = lives.calls().size();
      lives.live("sales-lake-2");
      lives.live("a-name-so-long-that-the-resource-identifier-is-another");

      var report = lives.report();
      assertThat(report.unattributed()).isZero();
      assertThat(report.endpoints().get(0).calls()).isEqualTo(before);
      assertThat(report.endpoints().stream().mapToInt(EndpointRun::calls).sum())
          .isEqualTo(lives.calls().size());
      assertThat(report.endpoints())
          .extracting(EndpointRun::name)
          .containsExactly(
              "sales-lake",
              "sales-lake-2",
              "a-name-so-long-that-the-resource-identifier-is-another");
    }
  }

  @Test
  void aCallThatNamesNoEndpointIsCountedAndInNoTimeline() {
    try (var lives = new RecordedLives();
        var iam = lives.world.iamByHand()) {
      lives.live("sales-lake");
      lives.live("orders-lake");
      iam.listRoles();

      assertThat(lives.report().unattributed()).isOne();
      assertThat(lives.report().calls()).hasSameSizeAs(lives.calls());
    }
  }

  @Test
  void eventsAndTimeToReadyAreThoseOfTheOperation() {
    try (var lives = new RecordedLives()) {
      var created = lives.live("sales-lake");

      var endpoint = lives.report().endpoints().get(0);
      var create = endpoint.create().orElseThrow();
      assertThat(create.events())
          .extracting(ReportedEvent::message)
          .isEqualTo(created.events().stream().map(Event::message).toList());
      assertThat(endpoint.timeToReady())
          .contains(
              Duration.between(
                  create.began(), created.events().get(create.events().size() - 1).at()))
          .hasValueSatisfying(time -> assertThat(time).isPositive());
      assertThat(create.phases())
          .extracting(OperationRun.Phase::name)
          .startsWith("BEGIN", "GRANT", "HANDSHAKE")
          .doesNotHaveDuplicates();
      assertThat(
              create.phases().stream()
                  .map(OperationRun.Phase::lasted)
                  .reduce(Duration.ZERO, Duration::plus))
          .isEqualTo(create.lasted());
      assertThat(endpoint.operations())
          .extracting(OperationRun::name)
          .containsExactly("create", "delete");
      assertThat(endpoint.arn()).endsWith(":endpoint:sales-lake");
    }
  }

  @Test
  void trustBeginsWithoutTheExternalIdAndEndsWithIt() {
    try (var lives = new RecordedLives()) {
      var created = lives.live("sales-lake").model().orElseThrow();

      var trust = lives.report().endpoints().get(0).trust();
      assertThat(trust.changed()).isTrue();
      assertThat(trust.role()).isEqualTo(created.path("RoleName").asText());
      assertThat(trust.whole().before().lines()).noneMatch(line -> line.contains("sts:ExternalId"));
      assertThat(trust.whole().diff())
          .filteredOn(line -> line.sign().equals("+"))
          .extracting(DiffLine::text)
          .singleElement()
          .asString()
          .contains("sts:ExternalId", created.path("ExternalId").asText());
      assertThat(trust.steps()).hasSize(trust.versions().size() - 1);
    }
  }

  @Test
  void aFailureIsReportedWithItsCallsAndWhatIsLeft() {
    try (var lives = new RecordedLives()) {
      lives.world.aws().faults().onOperation("iam", "CreatePolicy", Fault.denied());
      var failed = lives.endpoint("sales-lake").create(RecordedLives.model("sales-lake"));
      var role = "arn:aws:iam::" + TwoAccounts.LAKE + ":role/left";

      var report =
          lives.recorder.report(
              RecordedLives.FACTS, Ending.failed(failed.toString(), List.of(role)));
      var create = report.endpoints().get(0).create().orElseThrow();
      assertThat(create.succeeded()).isFalse();
      assertThat(create.errorCode()).isEqualTo("AccessDenied");
      assertThat(create.events().get(create.events().size() - 1).callsInWords())
          .contains("iam:CreatePolicy (AccessDenied)");
      assertThat(report.endpoints().get(0).timeToReady()).isEmpty();
      assertThat(report.readyTimes()).isEmpty();
      assertThat(report.left())
          .filteredOn(account -> account.account().equals(TwoAccounts.LAKE))
          .singleElement()
          .satisfies(account -> assertThat(account.arns()).containsExactly(role));
    }
  }

  @Test
  void anInvocationWithoutAnAnswerIsAnEventOfItsOwn() {
    try (var lives = new RecordedLives()) {
      var listener = lives.recorder.endpoint(new EndpointOfRun("sales-lake", "", Set.of()));
      var broken =
          lives.world.cloudFormation(
              (function, event) -> {
                lives.world.provider().invoke(function, event);
                throw new InvocationAborted("the function is gone");
              },
              builder -> builder.listener(Listener.NONE.and(listener)));
      broken.create(RecordedLives.model("sales-lake"));

      assertThat(lives.report().endpoints().get(0).operations())
          .singleElement()
          .satisfies(
              operation -> {
                assertThat(operation.status()).isEqualTo(ReportedEvent.NO_ANSWER);
                assertThat(operation.events().get(0).message()).contains("the function is gone");
                assertThat(operation.calls()).isEqualTo(lives.calls().size());
              });
    }
  }

  @Test
  void whatWasCalledLastIsThereWhenTheRunBreaksOff() {
    try (var lives = new RecordedLives()) {
      var listener = lives.recorder.endpoint(new EndpointOfRun("sales-lake", "", Set.of()));
      var broken =
          lives.world.cloudFormation(
              (function, event) -> {
                lives.world.provider().invoke(function, event);
                throw new IllegalStateException("a bug");
              },
              builder -> builder.listener(listener));
      assertThatThrownBy(() -> broken.create(RecordedLives.model("sales-lake")))
          .hasMessage("a bug");

      assertThat(lives.report().endpoints().get(0).operations())
          .singleElement()
          .satisfies(
              operation -> {
                assertThat(operation.status()).isEqualTo(ReportedEvent.NO_ANSWER);
                assertThat(operation.calls()).isEqualTo(lives.calls().size()).isPositive();
              });
    }
  }

  @Test
  void stepsNameOperationsAndTheOneThatFailed() {
    try (var lives = new RecordedLives()) {
      var listener = lives.recorder.endpoint(new EndpointOfRun("", "", Set.of()));
      var cloudFormation = lives.world.cloudFormation(builder -> builder.listener(listener));
      listener.step("make it");
      cloudFormation.create(RecordedLives.model("sales-lake"));
      listener.step("look at what is not there");
      cloudFormation.read(
          TwoAccounts.byArn("arn:aws:dms:eu-central-1:111122223333:endpoint:elsewhere"));

      var report =
          lives.recorder.report(RecordedLives.FACTS, Ending.failed("not there", List.of()));
      assertThat(report.endpoints().get(0).operations())
          .extracting(OperationRun::name)
          .containsExactly("make it", "look at what is not there");
      assertThat(report.failedStep()).isEqualTo("look at what is not there");
      assertThat(report.endpoints().get(0).name()).isEqualTo("sales-lake");
    }
  }
}
