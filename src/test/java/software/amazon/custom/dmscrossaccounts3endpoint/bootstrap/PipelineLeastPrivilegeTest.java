package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.Part;

/** The pipeline's policies allow what registering takes, and nothing that it doesn't. */
class PipelineLeastPrivilegeTest {

  static List<Arguments> actions() {
    var actions = new ArrayList<Arguments>();
    try (var accounts = PipelineAccounts.start()) {
      for (var part : Part.values()) {
        for (var statement : Policies.allows(accounts.policy(part))) {
          for (var action : Policies.texts(statement.get("Action"))) {
            actions.add(Arguments.of(part, statement.get("Sid").asText(), action));
          }
        }
      }
    }
    return actions;
  }

  @Test
  void theTypeIsRegisteredConfiguredAndRolledBackWithThePoliciesOfTheTemplates() {
    try (var accounts = PipelineAccounts.start()) {
      assertThat(new PipelineJob(accounts, accounts.workflow("dev")).run()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}: {1} without {2}")
  @MethodSource("actions")
  void withoutOneActionOfOneStatementTheJobSaysWhichIsMissing(
      Part part, String sid, String action) {
    try (var accounts = PipelineAccounts.start()) {
      accounts.change(part, Policies.without(action, sid));
      assertThat(new PipelineJob(accounts, accounts.workflow("dev")).run())
          .hasValueSatisfying(why -> assertThat(why).contains(said(action)));
    }
  }

  /** What is said where an action is missing; the registry has words of its own for a package. */
  private static String said(String action) {
    return action.equals("s3:GetObject")
        ? "Error validating schemaHandlerPackage"
        : "not authorized to perform: " + action.replace("*", "");
  }

  @Test
  void onlyTheExecutionRoleOfAStackSetIsAllowedAllOfAService() {
    try (var accounts = PipelineAccounts.start()) {
      for (var part : Part.values()) {
        assertThat(Policies.allowedActions(accounts.policy(part)))
            .as(part.name())
            .filteredOn(action -> action.contains("*"))
            .isEqualTo(part == Part.STACK_SET ? List.of("cloudformation:*") : List.of());
      }
    }
  }
}
