package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;

/** SimulatePrincipalPolicy of the local IAM. */
class IamSimulationTest {
  private static final String ACCOUNT = "111122223333";
  private static final String ROLE = "arn:aws:iam::111122223333:role/simulated";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},
       "Action":"sts:AssumeRole"}}\
      """;

  private LocalAws aws;
  private IamClient iam;

  @BeforeEach
  void start() {
    aws = LocalAws.builder().account(ACCOUNT).enforceIam(true).largestPage(2).start();
    iam = new Clients(aws).iam(aws.administrator(ACCOUNT));
    iam.createRole(r -> r.roleName("simulated").assumeRolePolicyDocument(TRUST));
    inline(
        "allowed",
        """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/*"},
          {"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"},
          {"Effect":"Allow","Action":["sts:AssumeRole","iam:PassRole"],"Resource":"*",
           "Condition":{"StringEquals":{"iam:PassedToService":"dms.amazonaws.com"}}}]}\
        """);
  }

  @AfterEach
  void stop() {
    iam.close();
    aws.close();
  }

  private void inline(String name, String document) {
    iam.putRolePolicy(r -> r.roleName("simulated").policyName(name).policyDocument(document));
  }

  private List<EvaluationResult> simulate(Consumer<SimulatePrincipalPolicyRequest.Builder> change) {
    var request = SimulatePrincipalPolicyRequest.builder().policySourceArn(ROLE);
    change.accept(request);
    return iam.simulatePrincipalPolicyPaginator(request.build()).evaluationResults().stream()
        .toList();
  }

  private EvaluationResult one(String action, String resource) {
    return simulate(r -> r.actionNames(action).resourceArns(resource)).get(0);
  }

  @Test
  void eachActionWithEachResourceHasADecision() {
    assertThat(
            simulate(
                r ->
                    r.actionNames("s3:GetObject", "s3:DeleteObject")
                        .resourceArns("arn:aws:s3:::b/x", "arn:aws:s3:::c/x")))
        .extracting(
            EvaluationResult::evalActionName,
            EvaluationResult::evalResourceName,
            EvaluationResult::evalDecision)
        .containsExactly(
            tuple("s3:GetObject", "arn:aws:s3:::b/x", PolicyEvaluationDecisionType.ALLOWED),
            tuple("s3:GetObject", "arn:aws:s3:::c/x", PolicyEvaluationDecisionType.IMPLICIT_DENY),
            tuple(
                "s3:DeleteObject", "arn:aws:s3:::b/x", PolicyEvaluationDecisionType.EXPLICIT_DENY),
            tuple(
                "s3:DeleteObject", "arn:aws:s3:::c/x", PolicyEvaluationDecisionType.EXPLICIT_DENY));
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  @Test
  void withoutResourcesAllAreMeant() {
    assertThat(simulate(r -> r.actionNames("s3:GetObject")))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.evalResourceName()).isEqualTo("*");
              assertThat(result.evalDecision())
                  .isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
            });
  }

  @Test
  void theBoundaryCountsAndIsTold() {
    assertThat(one("s3:GetObject", "arn:aws:s3:::b/x").permissionsBoundaryDecisionDetail())
        .isNull();
    iam.putRolePermissionsBoundary(
        r -> r.roleName("simulated").permissionsBoundary("arn:aws:iam::aws:policy/IAMFullAccess"));
    var bounded = one("s3:GetObject", "arn:aws:s3:::b/x");
    assertThat(bounded.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(bounded.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
        .isFalse();
  }

  @Test
  void managedPoliciesCount() {
    iam.attachRolePolicy(
        r -> r.roleName("simulated").policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
    assertThat(one("s3:GetObject", "arn:aws:s3:::c/x").evalDecision())
        .isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
  }

  @Test
  void conditionsAskTheContextAndWhatIsMissingIsTold() {
    var without = one("iam:PassRole", ROLE);
    assertThat(without.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(without.missingContextValues()).containsExactly("iam:PassedToService");

    var with = simulate(r -> toDms(r).actionNames("iam:PassRole").resourceArns(ROLE)).get(0);
    assertThat(with.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(with.missingContextValues()).isEmpty();
  }

  private static SimulatePrincipalPolicyRequest.Builder toDms(
      SimulatePrincipalPolicyRequest.Builder request) {
    return request.contextEntries(
        ContextEntry.builder()
            .contextKeyName("iam:PassedToService")
            .contextKeyType(ContextKeyTypeEnum.STRING)
            .contextKeyValues("dms.amazonaws.com")
            .build());
  }

  @Test
  void whatAnotherAccountOwnsIsAllowedOnOneSideOnly() {
    var result =
        simulate(
                r ->
                    toDms(r)
                        .actionNames("sts:AssumeRole")
                        .resourceArns("arn:aws:iam::444455556666:role/other"))
            .get(0);
    assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(result.evalDecisionDetails())
        .containsEntry("IAM Policy", PolicyEvaluationDecisionType.ALLOWED);
  }

  @Test
  void aRoleThatIsNotThereIsNoSuchEntity() {
    for (var arn : List.of(ROLE + "x", "arn:aws:iam::444455556666:role/other")) {
      assertThat(
              Clients.code(
                  () ->
                      iam.simulatePrincipalPolicy(
                          r -> r.policySourceArn(arn).actionNames("s3:GetObject"))))
          .isEqualTo("NoSuchEntity");
    }
  }

  @Test
  void aMalformedActionIsRefused() {
    assertThat(Clients.code(() -> simulate(r -> r.actionNames("s3")))).isEqualTo("InvalidInput");
    assertThat(Clients.code(() -> simulate(r -> {}))).isEqualTo("ValidationError");
  }

  @Test
  void whoMayNotSimulateIsDenied() {
    try (var as = new Clients(aws).iam(aws.sessionOf(ROLE))) {
      assertThat(
              Clients.code(
                  () ->
                      as.simulatePrincipalPolicy(
                          r -> r.policySourceArn(ROLE).actionNames("s3:GetObject"))))
          .isEqualTo("AccessDenied");
    }
  }
}
