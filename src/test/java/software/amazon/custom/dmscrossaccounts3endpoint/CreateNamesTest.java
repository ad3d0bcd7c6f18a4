package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Event;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Invocation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Listener;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

@DisplayName("A create never harms what it did not make")
class CreateNamesTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  private CloudFormation stack(String name) {
    return accounts.cloudFormation(b -> b.stackName(name));
  }

  /** Everything that is there, to compare later. */
  private List<Object> resources() {
    return List.of(accounts.endpoints(), accounts.roles(), accounts.policies());
  }

  private void assertRefusedInFirstEvent(Outcome create) {
    failed(create, HandlerErrorCode.AlreadyExists);
    assertThat(create.events()).hasSize(1);
    assertThat(create.events().get(0).model()).isEmpty();
  }

  @Nested
  @DisplayName("where another request has made the resource")
  class Taken {

    @Test
    void create_retainedAndDeclaredAgainUnderTheSameLogicalId_isRefusedAndNotRolledBack() {
      succeeded(stack("stack").create(model()));
      accounts.clock().advance(Duration.ofMinutes(5));
      var before = resources();

      var outcome = new Stack(stack("stack")).create(model());

      assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
      assertRefusedInFirstEvent(outcome.outcomes().get(0));
      assertThat(outcome.outcomes()).hasSize(1);
      assertThat(resources()).isEqualTo(before);
    }

    @Test
    void create_resourceOfCloudControl_isRefusedToStackAndCloudControl() {
      succeeded(accounts.cloudControl().create(model()));
      accounts.clock().advance(Duration.ofMinutes(5));
      var before = resources();

      assertRefusedInFirstEvent(new Stack(stack("stack")).create(model()).outcomes().get(0));
      assertRefusedInFirstEvent(accounts.cloudControl().create(model()));
      assertThat(resources()).isEqualTo(before);
    }

    @Test
    void create_resourceThatWasMovedToAnotherStack_isRefused() {
      var created = succeeded(stack("old").create(model()));
      succeeded(stack("new").update(TwoAccounts.updateOf(created), created));
      accounts.clock().advance(Duration.ofMinutes(5));
      var before = resources();

      assertRefusedInFirstEvent(new Stack(stack("old")).create(model()).outcomes().get(0));
      assertThat(resources()).isEqualTo(before);
      succeeded(stack("new").delete(byArn(created)));
      accounts.assertNothingLeft();
    }

    @Test
    void create_onlyTheRoleIsLeft_isRefusedInTheFirstEvent() {
      var created = succeeded(stack("stack").create(model()));
      try (var dms = accounts.dmsByHand()) {
        dms.deleteEndpoint(e -> e.endpointArn(created.get("EndpointArn").asText()));
      }
      accounts.clock().advance(Duration.ofMinutes(5));
      var before = resources();

      var outcome = new Stack(stack("stack")).create(model());

      assertRefusedInFirstEvent(outcome.outcomes().get(0));
      assertThat(resources()).isEqualTo(before);
    }

    @Test
    void create_endpointWithTheSameArnAndAnotherIdentifier_isRefusedInTheFirstEvent() {
      succeeded(stack("first").create(model().put("ResourceIdentifier", "lake")));
      accounts.clock().advance(Duration.ofMinutes(5));
      var before = resources();

      var other = model().put("EndpointIdentifier", "other").put("ResourceIdentifier", "lake");
      assertRefusedInFirstEvent(new Stack(stack("second")).create(other).outcomes().get(0));
      assertThat(resources()).isEqualTo(before);
    }
  }

  @Nested
  @DisplayName("where another create comes between the check and its own calls")
  class Race {

    /** Lets another caller create the resource as soon as this one has found the names free. */
    private Listener interruptedBy(Runnable other) {
      return new Listener() {
        private boolean done;

        @Override
        public void answered(Invocation invocation, Event event) {
          if (!done) {
            done = true;
            other.run();
          }
        }
      };
    }

    private void assertWinnerStays(CloudFormation winner, ObjectNode model) {
      var before = new Object[1];
      var listener =
          interruptedBy(
              () -> {
                succeeded(winner.create(model));
                before[0] = resources();
              });
      var loser = new Stack(accounts.cloudFormation(b -> b.stackName("loser").listener(listener)));

      var outcome = loser.create(model());

      assertThat(outcome.outcomes().get(0).failedWith(HandlerErrorCode.AlreadyExists))
          .as(outcome.toString())
          .isTrue();
      assertThat(resources()).isEqualTo(before[0]);
    }

    @Test
    void rollback_endpointOfAnotherStack_isLeft() {
      assertWinnerStays(stack("winner"), model());
    }

    @Test
    void rollback_endpointOfCloudControl_isLeft() {
      assertWinnerStays(accounts.cloudFormation(CloudFormation.Builder::outsideOfStacks), model());
    }

    @Test
    void rollback_endpointWithAnotherRole_isLeftAndTheOwnRoleGoes() {
      assertWinnerStays(
          accounts.cloudFormation(CloudFormation.Builder::outsideOfStacks),
          model().put("RoleName", "winners-role").put("PolicyName", "winners-policy"));
    }

    @Test
    void rollback_endpointMadeByHand_isLeftAndTheOwnRoleGoes() {
      var listener = interruptedBy(() -> accounts.endpointByHand("sales-lake", "sales-lake"));
      var loser = new Stack(accounts.cloudFormation(b -> b.stackName("loser").listener(listener)));

      var outcome = loser.create(model());

      failed(outcome.outcomes().get(0), HandlerErrorCode.AlreadyExists);
      assertThat(accounts.endpoints()).hasSize(1);
      assertThat(accounts.roles()).extracting(r -> r.name()).containsExactly("sales-lake");
      assertThat(accounts.policies()).isEmpty();
    }
  }

  @Nested
  @DisplayName("where AWS gives no answer")
  class NoAnswer {

    @ParameterizedTest
    @ValueSource(strings = {"dms DescribeEndpoints", "iam GetRole", "sts AssumeRole"})
    void create_namesCanNotBeChecked_failsInTheFirstEventHavingMadeNothing(String call) {
      var parts = call.split(" ");
      accounts.aws().faults().reset().onOperation(parts[0], parts[1], Fault.unavailable(1000));

      var outcome = new Stack(accounts.cloudFormation()).create(model());

      var create = outcome.outcomes().get(0);
      assertThat(create.succeeded()).isFalse();
      assertThat(create.events()).hasSize(1);
      assertThat(create.events().get(0).model()).isEmpty();
      assertThat(outcome.outcomes()).hasSize(1);
      assertThat(accounts.roles()).isEmpty();
    }

    @Test
    void create_awsIsTooSlow_failsInTheFirstEventHavingMadeNothing() {
      accounts.aws().observe(call -> accounts.clock().advance(Duration.ofSeconds(24)));

      var create = new Stack(accounts.cloudFormation()).create(model()).outcomes().get(0);

      assertThat(failed(create, HandlerErrorCode.ServiceInternalError)).contains("too slowly");
      assertThat(create.events().get(0).model()).isEmpty();
      assertThat(accounts.roles()).isEmpty();
    }

    @Test
    void create_firstCallsFail_succeedsWithoutAnEventBefore() {
      accounts.aws().faults().reset().onOperation("dms", "DescribeEndpoints", Fault.unavailable(3));

      succeeded(accounts.cloudFormation().create(model()));
    }
  }

  @Test
  void delete_finishedResource_goesWhateverStackCreatedIt() {
    var created = succeeded(accounts.cloudControl().create(model()));
    accounts.clock().advance(Duration.ofMinutes(5));

    succeeded(stack("stack").delete(TwoAccounts.updateOf(created)));

    accounts.assertNothingLeft();
  }
}
