package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.TYPE;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.deployed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.Policies;

/**
 * The policies of {@code bootstrap/doctor-policy.yaml}: with them everything is checked, as {@link
 * DoctorTest} shows; without any one of their actions a check reports that it is missing.
 */
class DoctorPolicyIT extends OneDoctoredFleet {

  private static final Map<String, String> ACCOUNTS =
      Map.of("type", TYPE, "dms", DMS, "data-lake", LAKE);

  private static ObjectNode policy(String account) {
    return (ObjectNode)
        deployed("doctor-policy.yaml", ACCOUNTS.get(account), Map.of("Account", account), Map.of())
            .resources("AWS::IAM::ManagedPolicy")
            .values()
            .iterator()
            .next()
            .get("PolicyDocument");
  }

  static Stream<Arguments> actions() {
    return ACCOUNTS.keySet().stream()
        .sorted()
        .flatMap(
            account ->
                Policies.allowedActions(policy(account)).stream()
                    .map(action -> Arguments.of(account, action)));
  }

  @ParameterizedTest(name = "{0} account without {1}")
  @MethodSource("actions")
  void examine_oneActionIsDenied_namesIt(String account, String action) {
    takeOut(account, action);

    var diagnosis = accounts.examine();

    assertThat(diagnosis.isHealthy()).as(String.join("\n", diagnosis.table())).isTrue();
    assertThat(DoctoredAccounts.complaints(diagnosis))
        .anyMatch(complaint -> complaint.contains("is not authorized to perform: " + action));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("actions")
  void guide_namesEachAction(String account, String action) {
    assertThat(Path.of("guide", "doctor.md")).content().contains("`" + action + "`");
  }

  private static void takeOut(String account, String action) {
    var id = ACCOUNTS.get(account);
    var arn = "arn:aws:iam::%s:policy/dms-s3-endpoint-doctor".formatted(id);
    var left = Policies.without(action).apply(policy(account));
    try (var iam = accounts.iam(id)) {
      if (left.get("Statement").isEmpty()) {
        // It was the only one.
        iam.detachRolePolicy(r -> r.roleName("dms-s3-endpoint-provider").policyArn(arn));
      } else {
        iam.createPolicyVersion(
            r -> r.policyArn(arn).setAsDefault(true).policyDocument(left.toString()));
      }
    }
  }
}
