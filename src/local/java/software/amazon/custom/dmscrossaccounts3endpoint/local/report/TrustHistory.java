package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * The trust policies of one role, from the oldest to the latest.
 *
 * @param role the role's name, empty where none was made
 */
public record TrustHistory(String role, List<TrustVersion> versions) {

  /** What the calls for one endpoint made of its role's trust. */
  static TrustHistory of(List<Call> calls) {
    var role = "";
    var versions = new ArrayList<TrustVersion>();
    for (var call : calls) {
      var document =
          switch (call.action()) {
            case "iam:CreateRole" -> call.parameters().path("AssumeRolePolicyDocument");
            case "iam:UpdateAssumeRolePolicy" -> call.parameters().path("PolicyDocument");
            default -> null;
          };
      if (document != null && call.succeeded()) {
        role = call.parameters().path("RoleName").asText();
        versions.add(
            new TrustVersion(
                call.at(),
                call.operation(),
                Json.pretty(Json.object(document.asText())).lines().toList()));
      }
    }
    return new TrustHistory(role, List.copyOf(versions));
  }

  /** Whether the role came to trust something else than it was made with. */
  public boolean changed() {
    return versions.size() > 1;
  }

  /** From the trust that the role was made with to the finished one. */
  public TrustChange whole() {
    return new TrustChange(versions.get(0), versions.get(versions.size() - 1));
  }

  /** Each change after the other. */
  public List<TrustChange> steps() {
    var steps = new ArrayList<TrustChange>();
    for (var i = 1; i < versions.size(); i++) {
      steps.add(new TrustChange(versions.get(i - 1), versions.get(i)));
    }
    return steps;
  }
}
