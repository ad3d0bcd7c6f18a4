package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.cloudformation.Action;
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
    // The owner of an endpoint that has the identifier under another ARN is known by its tags only.
    var reading = actions(action, "dms:ListTags");
    var testing = actions(action, "dms:TestConnection");
    // CreateEndpoint needs dms:AddTagsToResource on the ARN that the request asks for.
    var bound = new ArrayList<>(actions(action, "dms:"));
    bound.removeAll(global);
    bound.removeAll(reading);
    bound.removeAll(testing);
    var statements = new ArrayList<IamStatement>();
    statements.add(allow(global, "*"));
    if (!reading.isEmpty()) {
      statements.add(allow(reading, dms(partition, account, "endpoint:*")));
    }
    if (endpointArn != null && !bound.isEmpty()) {
      statements.add(allow(bound, endpointArn));
    }
    if (endpointArn != null && !testing.isEmpty()) {
      // A test needs the replication instance as well.
      statements.add(allow(testing, endpointArn, dms(partition, account, "rep:*")));
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
