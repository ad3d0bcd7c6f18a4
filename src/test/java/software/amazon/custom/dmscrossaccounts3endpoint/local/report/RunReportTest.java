package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
      assertThat(report.calls().collect(groupingBy(RunReportTest::action, counting())))
          .isEqualTo(lives.calls().stream().collect(groupingBy(Call::action, counting())));
      assertThat(report.calls().filter(call -> !call.error().isEmpty()).count())
          .isEqualTo(lives.calls().stream().filter(call -> !call.succeeded()).count())
          .isPositive();
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
      assertThat(report.otherCalls()).isEmpty();
      assertThat(calls(report.endpoints().get(0).operations())).hasSize(before);
      assertThat(report.calls()).hasSameSizeAs(lives.calls());
      assertThat(report.endpoints())
          .extracting(RunReport.Endpoint::name)
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

      assertThat(lives.report().otherCalls())
          .extracting(RunReport.Call::operation)
          .containsExactly("ListRoles");
      assertThat(lives.report().calls()).hasSameSizeAs(lives.calls());
    }
  }

  @Test
  void eventsAndTimeToReadyAreThoseOfTheOperation() {
    try (var lives = new RecordedLives()) {
      var created = lives.live("sales-lake");

      var endpoint = lives.report().endpoints().get(0);
      var create = endpoint.operations().get(0);
      assertThat(create.events())
          .extracting(RunReport.Event::message)
          .isEqualTo(created.events().stream().map(Event::message).toList());
      var last = created.events().get(created.events().size() - 1).at();
      var began = Instant.parse(lives.report().began());
      assertThat(endpoint.ready())
          .isPositive()
          .isEqualTo(Duration.between(began, last).toMillis() / 1000.0 - create.at());
      assertThat(create.phases())
          .extracting(RunReport.Phase::name)
          .startsWith("BEGIN", "ENSURE_ACCESS")
          .doesNotHaveDuplicates();
      assertThat(create.phases().get(0).from()).isEqualTo(create.at());
      assertThat(create.phases().get(create.phases().size() - 1).to()).isEqualTo(create.end());
      assertThat(endpoint.operations())
          .extracting(RunReport.Operation::name)
          .containsExactly("create", "delete");
      assertThat(endpoint.arn()).endsWith(":endpoint:sales-lake");
    }
  }

  @Test
  void trustBeginsWithoutTheExternalIdAndEndsWithIt() {
    try (var lives = new RecordedLives()) {
      var created = lives.live("sales-lake").model().orElseThrow();

      var endpoint = lives.report().endpoints().get(0);
      var trust = endpoint.trust();
      assertThat(endpoint.role()).isEqualTo(created.path("RoleName").asText());
      assertThat(trust).hasSizeGreaterThan(1);
      assertThat(trust.get(0).lines()).noneMatch(line -> line.contains("sts:ExternalId"));
      assertThat(trust.get(trust.size() - 1).lines())
          .filteredOn(line -> line.contains("sts:ExternalId"))
          .singleElement()
          .asString()
          .contains(created.path("ExternalId").asText());
    }
  }

  @Test
  void aFailureIsReportedWithItsCallsAndWhatIsLeft() {
    try (var lives = new RecordedLives()) {
      lives.world.aws().faults().onOperation("iam", "CreatePolicy", Fault.denied());
      var failed = lives.endpoint("sales-lake").create(RecordedLives.model("sales-lake"));
      var role = "arn:aws:iam::" + TwoAccounts.LAKE + ":role/left";

      var report =
          lives.recorder.report(RecordedLives.FACTS, Optional.of(failed.toString()), List.of(role));
      var create = report.endpoints().get(0).operations().get(0);
      assertThat(report.held()).isFalse();
      assertThat(create.status()).isEqualTo("FAILED");
      var last = create.events().get(create.events().size() - 1);
      assertThat(last.errorCode()).isEqualTo("AccessDenied");
      assertThat(last.calls())
          .anyMatch(c -> action(c).equals("iam:CreatePolicy") && c.error().equals("AccessDenied"));
      assertThat(report.endpoints().get(0).ready()).isNull();
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
                assertThat(operation.status()).isEqualTo(RunReport.NO_ANSWER);
                assertThat(operation.events().get(0).message()).contains("the function is gone");
                assertThat(calls(List.of(operation))).hasSameSizeAs(lives.calls());
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
                assertThat(operation.status()).isEqualTo(RunReport.NO_ANSWER);
                assertThat(calls(List.of(operation))).hasSameSizeAs(lives.calls()).isNotEmpty();
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

      var report = lives.recorder.report(RecordedLives.FACTS, Optional.of("not there"), List.of());
      assertThat(report.endpoints().get(0).operations())
          .extracting(RunReport.Operation::name)
          .containsExactly("make it", "look at what is not there");
      assertThat(report.failedStep()).isEqualTo("look at what is not there");
      assertThat(report.endpoints().get(0).name()).isEqualTo("sales-lake");
    }
  }

  private static String action(RunReport.Call call) {
    return call.service() + ":" + call.operation();
  }

  private static List<RunReport.Call> calls(List<RunReport.Operation> operations) {
    return operations.stream()
        .flatMap(operation -> operation.events().stream())
        .flatMap(event -> event.calls().stream())
        .toList();
  }
}
