package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;

/** Answers of IAM that the local AWS does not give. */
class PolicySimulationTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/simulated";
  private static final String OTHER = "arn:aws:iam::444455556666:role/other";

  /** An IAM that answers so, whatever is asked. */
  private record Answering(Consumer<EvaluationResult.Builder> result) implements IamClient {
    @Override
    public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(
        SimulatePrincipalPolicyRequest request) {
      var answer =
          EvaluationResult.builder()
              .evalActionName(request.actionNames().get(0))
              .evalDecision(PolicyEvaluationDecisionType.IMPLICIT_DENY);
      result.accept(answer);
      return SimulatePrincipalPolicyResponse.builder()
          .evaluationResults(answer.build())
          .isTruncated(false)
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static Finding ask(String resource, Consumer<EvaluationResult.Builder> result) {
    return CheckTarget.check(
            "role",
            target ->
                new PolicySimulation(new Answering(result), ROLE)
                    .simulate(resource, List.of("sts:AssumeRole"))
                    .report(target, "all", "mend"))
        .get(0);
  }

  @Test
  void report_scpDenies_namesIt() {
    var finding =
        ask(ROLE, r -> r.organizationsDecisionDetail(d -> d.allowedByOrganizations(false)));
    assertThat(finding.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(finding.detail()).isEqualTo("an SCP does not allow sts:AssumeRole");
  }

  @Test
  void report_otherAccountWithoutDetails_isUnknown() {
    var finding = ask(OTHER, r -> {});
    assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding.detail()).contains("sts:AssumeRole depend on policies of another account");
  }

  @Test
  void report_otherAccount_countsThisSideOnly() {
    var allow = PolicyEvaluationDecisionType.ALLOWED;
    var deny = PolicyEvaluationDecisionType.IMPLICIT_DENY;
    assertThat(ask(OTHER, r -> r.evalDecisionDetails(Map.of("IAM", allow, "Resource", deny))))
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.OK);
    assertThat(ask(OTHER, r -> r.evalDecision(allow)))
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.OK);
    assertThat(ask(OTHER, r -> r.evalDecisionDetails(Map.of("IAM", deny, "Resource", deny))))
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.BROKEN);
    assertThat(ask(ROLE, r -> r.evalDecisionDetails(Map.of("IAM", allow, "Resource", deny))))
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.BROKEN);
  }

  @Test
  void report_missingValuesOfAResource_isUnknown() {
    var finding =
        ask(
            ROLE,
            r ->
                r.resourceSpecificResults(
                    List.of(
                        ResourceSpecificResult.builder()
                            .evalResourceName(ROLE)
                            .missingContextValues("aws:SourceVpc")
                            .build())));
    assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding.detail()).contains("aws:SourceVpc");
  }
}
