package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * The session policies that assumed sessions are cut down with. The actions are those that the
 * schema declares for the handler; the resources are those of the one endpoint wherever IAM lets an
 * action be bound to a resource.
 *
 * <p>Reading roles and policies is not bound to resources: IAM can't tell the path of a role that
 * is not there, nothing says what it takes for the resource then, and a role of the wanted name at
 * another path has to be seen to be reported.
 */
final class SessionPolicies {

  private SessionPolicies() {}

  /**
   * For a session in the data-lake account.
   *
   * @param roleName name of the endpoint's role, or {@code *}
   * @param policyName name of the endpoint's policy, or {@code *}
   * @param path IAM path of both
   */
  static String dataLake(
      Action action,
      String partition,
      String account,
      String roleName,
      String policyName,
      String path) {
    var reading = actions(action, "iam:Get", "iam:List");
    var writing = new ArrayList<>(actions(action, "iam:"));
    writing.removeAll(reading);
    writing.remove("iam:PassRole");
    var statements = new ArrayList<IamStatement>();
    statements.add(allow(reading, "*"));
    if (!writing.isEmpty()) {
      statements.add(
          allow(
              writing,
              iam(partition, account, "role" + path + roleName),
              iam(partition, account, "policy" + path + policyName)));
    }
    return json(statements);
  }

  /**
   * For a session in the DMS account.
   *
   * @param endpointArn the endpoint; null for all endpoints of the account, to list them or to look
   *     for one by its identifier
   * @param serviceRoleArn the role that the endpoint writes with; null where none is passed
   */
  static String dms(
      Action action,
      String partition,
      String account,
      @Nullable String endpointArn,
      @Nullable String serviceRoleArn) {
    // These can't be bound to a resource (Service Authorization Reference, AWS DMS).
    var global = actions(action, "dms:Describe", "dms:CreateEndpoint");
    // A test needs the instance as well, the tags of a new endpoint come before its ARN, and whose
    // an endpoint of the same identifier under another ARN is can be told from its tags only.
    var regional = actions(action, "dms:AddTags", "dms:TestConnection", "dms:ListTags");
    var bound = new ArrayList<>(actions(action, "dms:"));
    bound.removeAll(global);
    bound.removeAll(regional);
    var all = dms(partition, account, "*");
    var statements = new ArrayList<IamStatement>();
    statements.add(allow(global, "*"));
    if (!regional.isEmpty()) {
      statements.add(allow(regional, all));
    }
    if (endpointArn != null && !bound.isEmpty()) {
      statements.add(allow(bound, endpointArn));
    }
    var deletion = actions(action, "dms:DeleteEndpoint");
    if (endpointArn != null && !deletion.isEmpty()) {
      // An endpoint that DMS made for this resource under an ARN that was not asked for.
      statements.add(
          allow(deletion, dms(partition, account, "endpoint:*")).toBuilder()
              .addCondition(
                  IamConditionOperator.STRING_EQUALS,
                  "aws:ResourceTag/" + OwnershipTags.ENDPOINT,
                  endpointArn)
              .build());
    }
    if (serviceRoleArn != null && HandlerSchema.permissions(action).contains("iam:PassRole")) {
      statements.add(allow(List.of("iam:PassRole"), serviceRoleArn));
    }
    return json(statements);
  }

  private static List<String> actions(Action action, String... prefixes) {
    return HandlerSchema.permissions(action).stream()
        .filter(permission -> List.of(prefixes).stream().anyMatch(permission::startsWith))
        .toList();
  }

  private static IamStatement allow(Collection<String> actions, String... resources) {
    var statement = IamStatement.builder().effect(IamEffect.ALLOW);
    actions.forEach(statement::addAction);
    List.of(resources).forEach(statement::addResource);
    return statement.build();
  }

  private static String json(List<IamStatement> statements) {
    return IamPolicy.builder().statements(statements).build().toJson();
  }

  private static String iam(String partition, String account, String resource) {
    return Arn.builder()
        .partition(partition)
        .service("iam")
        .accountId(account)
        .resource(resource)
        .build()
        .toString();
  }

  private static String dms(String partition, String account, String resource) {
    return Arn.builder()
        .partition(partition)
        .service("dms")
        .region("*")
        .accountId(account)
        .resource(resource)
        .build()
        .toString();
  }
}
