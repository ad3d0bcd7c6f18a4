package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** Names that are taken are found before anything is made. */
class PreExistenceCheckTest {

  private static final String DOCUMENT =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",%s\"Action\":\"sts:AssumeRole\"%s}]}";

  @AutoClose
  private final TwoAccounts accounts = TwoAccounts.start(b -> b.lowerCaseIdentifiers(false));

  private void assertTaken(ObjectNode model, String... named) {
    accounts.aws().forgetCalls();
    var outcome = accounts.cloudFormation().create(model);
    assertThat(failed(outcome, HandlerErrorCode.AlreadyExists)).contains(named);
    assertThat(accounts.calls())
        .isNotEmpty()
        .noneMatch(call -> call.contains(":Create") || call.contains(":Delete"));
  }

  /** By the end of its ARN, or by its identifier alone, which DMS compares without case. */
  @ParameterizedTest
  @CsvSource({"chosen, another", "another, SALES-lake"})
  void create_endpointExists_failsWithAlreadyExists(
      String resourceIdentifier, String endpointIdentifier) {
    accounts.databaseByHand(endpointIdentifier, resourceIdentifier);
    assertTaken(
        model().put("ResourceIdentifier", "chosen"),
        endpointIdentifier,
        ":endpoint:" + resourceIdentifier,
        "EndpointIdentifier");
  }

  /** Nobody looks for it: DMS refuses to make another, and the rollback leaves it as it is. */
  @Test
  void create_anotherEndpointHasTheDefaultArn_failsAndKeepsIt() {
    accounts.databaseByHand("another", "sales-lake");
    accounts.clock().advance(Duration.ofMinutes(1));
    var before = accounts.endpoints();

    var outcome = new Stack(accounts.cloudFormation()).create(model());

    assertThat(outcome.status()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.AlreadyExists))
        .contains("another", ":endpoint:sales-lake");
    assertThat(accounts.endpoints()).isEqualTo(before);
    assertThat(accounts.roles()).isEmpty();
    assertThat(accounts.policies()).isEmpty();
  }

  @Test
  void create_roleExists_failsWithAlreadyExists() {
    try (var iam = accounts.iamByHand()) {
      iam.createRole(
          r ->
              r.roleName("somebodys")
                  .path(OwnershipTags.PATH)
                  .assumeRolePolicyDocument(DOCUMENT.formatted("\"Principal\":\"*\",", "")));
    }
    assertTaken(model().put("RoleName", "somebodys"), "role somebodys", TwoAccounts.LAKE);
  }

  @Test
  void create_policyExists_failsWithAlreadyExists() {
    try (var iam = accounts.iamByHand()) {
      iam.createPolicy(
          p ->
              p.policyName("somebodys")
                  .path(OwnershipTags.PATH)
                  .policyDocument(DOCUMENT.formatted("", ",\"Resource\":\"*\"")));
    }
    assertTaken(model().put("PolicyName", "somebodys"), "policy", "/somebodys", TwoAccounts.LAKE);
  }
}
