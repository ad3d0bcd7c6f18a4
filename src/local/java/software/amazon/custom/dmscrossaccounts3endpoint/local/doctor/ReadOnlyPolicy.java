package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** What the doctor lets itself do in a session of its own, whatever the role may do. */
enum ReadOnlyPolicy {
  /** As the type's execution role: what a list does. */
  TYPE(List.of("sts:AssumeRole", "dms:DescribeEndpoints", "dms:ListTagsForResource")),
  /** As a role of an environment: look at what the type made, and at the role itself. */
  ENVIRONMENT(
      List.of(
          "iam:GetPolicy",
          "iam:GetPolicyVersion",
          "iam:ListPolicies",
          "iam:ListRolePolicies",
          "iam:ListRoles",
          "iam:SimulatePrincipalPolicy"));

  private final List<String> actions;

  ReadOnlyPolicy(List<String> actions) {
    this.actions = actions;
  }

  String document() {
    return IamPolicy.builder()
        .addStatement(
            statement -> {
              statement.effect(IamEffect.ALLOW).addResource("*");
              actions.forEach(statement::addAction);
            })
        .build()
        .toJson();
  }
}
