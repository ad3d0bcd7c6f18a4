package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOperation;

/** The order of a create, and what its events show. */
class CreateHandlerTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  @Test
  void whatIsMadeIsMadeInTheOrderOfTheProcedure() {
    succeeded(accounts.cloudFormation().create(model()));

    assertThat(accounts.calls())
        .containsSubsequence(
            "iam:CreateRole",
            "iam:CreatePolicy",
            "iam:AttachRolePolicy",
            "dms:CreateEndpoint",
            "iam:UpdateAssumeRolePolicy");
  }

  @Test
  void everyEventShowsTheArnThatWasKnownBeforeTheFirstCall() {
    var outcome = accounts.cloudFormation().create(model());

    succeeded(outcome);
    assertThat(outcome.events())
        .allSatisfy(
            e ->
                assertThat(e.model().orElseThrow().get("EndpointArn").asText())
                    .isEqualTo("arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake"));
  }

  @Test
  void theSameRequestTwiceMakesOneEndpoint() {
    var operation = StackOperation.create(model());

    var once = succeeded(accounts.cloudFormation().run(operation));
    var again = succeeded(accounts.cloudFormation().run(operation));

    assertThat(again).isEqualTo(once);
    accounts.assertOneHealthyEndpoint();
  }

  @Test
  void anotherRequestForTheSameIdentifierIsRefusedAndChangesNothing() {
    succeeded(accounts.cloudFormation().create(model()));
    var endpoints = accounts.endpoints();
    var roles = accounts.roles();

    failed(accounts.cloudFormation().create(model()), HandlerErrorCode.AlreadyExists);

    assertThat(accounts.endpoints()).isEqualTo(endpoints);
    assertThat(accounts.roles()).isEqualTo(roles);
  }
}
