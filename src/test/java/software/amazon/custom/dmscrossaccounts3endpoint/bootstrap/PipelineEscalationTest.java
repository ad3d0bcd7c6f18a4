package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.ENVIRONMENTS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.TOOLS;

import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CreateStackSetRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/** What someone could do who holds the pipeline's credentials for dev. */
class PipelineEscalationTest {

  private static final String A_ROLE =
      """
      Resources:
        Mine:
          Type: AWS::IAM::Role
          Properties:
            RoleName: mine
      """;

  private final PipelineAccounts accounts = PipelineAccounts.start();
  private final LocalCredentials thief = accounts.workflow("dev");
  private final CloudFormationClient cloudFormation = accounts.cloudFormation(thief);

  @AfterEach
  void close() {
    cloudFormation.close();
    accounts.close();
  }

  private static void denied(String action, ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageContaining("not authorized to perform: " + action);
  }

  private void makeStackSet(String name, Consumer<CreateStackSetRequest.Builder> how) {
    cloudFormation.createStackSet(
        r -> {
          r.stackSetName(name)
              .administrationRoleARN(PipelineJob.administrationRole("dev"))
              .executionRoleName("dms-s3-endpoint-stack-sets")
              .templateBody(PipelineJob.template())
              .parameters(PipelineJob.parameters("1.zip"));
          how.accept(r);
        });
  }

  private String makeInstance(String name, String account) {
    return cloudFormation
        .createStackInstances(
            r -> r.stackSetName(name).accounts(account).regions(DeployedTemplate.REGION))
        .operationId();
  }

  @Test
  void aStackSetMakesNoResourceOfAnotherType() {
    var dev = ENVIRONMENTS.get("dev");
    makeStackSet(PipelineJob.STACK_SET, r -> r.templateBody(A_ROLE).parameters(List.of()));
    denied(
        "cloudformation:CreateStackInstances on resource:"
            + " arn:aws:cloudformation:eu-central-1::type/resource/AWS-IAM-Role",
        () -> makeInstance(PipelineJob.STACK_SET, dev));
  }

  @Test
  void aStackSetIsNotChangedToMakeAnotherType() {
    assertThat(new PipelineJob(accounts, thief).run()).isEmpty();
    denied(
        "cloudformation:UpdateStackSet on resource:"
            + " arn:aws:cloudformation:eu-central-1::type/resource/AWS-IAM-Role",
        () ->
            cloudFormation.updateStackSet(
                r ->
                    r.stackSetName(PipelineJob.STACK_SET)
                        .administrationRoleARN(PipelineJob.administrationRole("dev"))
                        .executionRoleName("dms-s3-endpoint-stack-sets")
                        .templateBody(A_ROLE)));
  }

  @Test
  void stackSetsOfOtherEnvironmentsAndNamesAreOutOfReach() {
    for (var name : new String[] {"dms-s3-endpoint-type-prod", "mine"}) {
      makeStackSet(name, r -> {});
      denied(
          "cloudformation:CreateStackInstances",
          () -> makeInstance(name, ENVIRONMENTS.get("prod")));
    }
    denied(
        "iam:PassRole",
        () ->
            makeStackSet(
                "another", r -> r.administrationRoleARN(PipelineJob.administrationRole("prod"))));
  }

  /** The roles in the accounts of another environment don't let this environment's StackSet in. */
  @Test
  void theStackSetOfDevDoesNotReachProd() {
    makeStackSet(PipelineJob.STACK_SET, r -> {});
    var operation = makeInstance(PipelineJob.STACK_SET, ENVIRONMENTS.get("prod"));
    cloudFormation.describeStackSetOperation(
        r -> r.stackSetName(PipelineJob.STACK_SET).operationId(operation));
    assertThat(
            cloudFormation
                .listStackSetOperationResults(
                    r -> r.stackSetName(PipelineJob.STACK_SET).operationId(operation))
                .summaries()
                .get(0)
                .statusReason())
        .contains("not authorized to perform: sts:AssumeRole");
    try (var prod =
        accounts.cloudFormation(accounts.aws().administrator(ENVIRONMENTS.get("prod")))) {
      assertThat(prod.listTypes(r -> {}).typeSummaries()).isEmpty();
    }
  }

  @Test
  void theOperatorOfProdDoesNotLetDevIn() {
    try (var sts = accounts.sts(thief)) {
      for (var environment : new String[] {"test", "prod"}) {
        denied(
            "sts:AssumeRole",
            () ->
                sts.assumeRole(
                    r ->
                        r.roleArn(
                                "arn:aws:iam::%s:role/dms-s3-endpoint-type-operator"
                                    .formatted(ENVIRONMENTS.get(environment)))
                            .roleSessionName("thief")));
      }
    }
  }

  @Test
  void otherRolesOfTheToolsAccountAreNotLetIn() {
    var other = accounts.aws().createAssumableRole(TOOLS, "other", TOOLS, null);
    try (var sts = accounts.sts(accounts.aws().sessionOf(other))) {
      for (var role :
          new String[] {"dms-s3-endpoint-type-operator", "dms-s3-endpoint-stack-sets"}) {
        denied(
            "sts:AssumeRole",
            () ->
                sts.assumeRole(
                    r ->
                        r.roleArn(
                                "arn:aws:iam::%s:role/%s".formatted(ENVIRONMENTS.get("dev"), role))
                            .roleSessionName("other")));
      }
    }
  }

  @Test
  void noRoleOfThePipelineTouchesIam() {
    var dev = ENVIRONMENTS.get("dev");
    for (var as :
        new LocalCredentials[] {
          thief,
          accounts.session(TOOLS, "dms-s3-endpoint-stack-sets-dev"),
          accounts.session(TOOLS, "dms-s3-endpoint-deploy"),
          accounts.session(TOOLS, "dms-s3-endpoint-build"),
          accounts.session(dev, "dms-s3-endpoint-stack-sets"),
          accounts.session(dev, "dms-s3-endpoint-type-operator")
        }) {
      try (var iam = accounts.iam(as)) {
        denied(
            "iam:CreateRole",
            () ->
                iam.createRole(
                    r -> r.roleName("mine").assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS)));
        denied(
            "iam:PutRolePolicy",
            () ->
                iam.putRolePolicy(
                    r ->
                        r.roleName("dms-s3-endpoint-stack-sets")
                            .policyName("wide")
                            .policyDocument(TwoAccounts.ANYTHING)));
      }
    }
  }

  @Test
  void anUploadedPackageIsNotReplaced() throws Exception {
    var path = "/" + PipelineAccounts.BUCKETS + "-eu-central-1/1.zip";
    var endpoint = accounts.aws().endpoint();
    var content = TypePackages.holding("readme.txt", "x");
    assertThat(TypePackages.put(endpoint, thief, path, content, "If-None-Match", "*").statusCode())
        .isEqualTo(200);
    assertThat(TypePackages.put(endpoint, thief, path, content, "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(TypePackages.put(endpoint, thief, path, content).statusCode()).isEqualTo(403);
    assertThat(
            TypePackages.put(
                    endpoint, accounts.workflow("prod"), path + "2", content, "If-None-Match", "*")
                .statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repo:acme/dms-endpoint:environment:dev",
        "repo:acme/dms-endpoint:ref:refs/heads/main",
        "repo:acme/dms-endpoint:pull_request",
        "repo:acme/other:environment:prod",
        "repo:acme/dms-endpoint:environment:prod2"
      })
  void aJobThatIsNotForProdGetsNoRoleThere(String subject) {
    assertThat(decides(subject, "sts.amazonaws.com")).isEqualTo(PolicyDocument.Decision.SILENT);
  }

  @Test
  void aJobForProdGetsItsRole() {
    var subject = "repo:acme/dms-endpoint:environment:prod";
    assertThat(decides(subject, "sts.amazonaws.com")).isEqualTo(PolicyDocument.Decision.ALLOWED);
    assertThat(decides(subject, "another")).isEqualTo(PolicyDocument.Decision.SILENT);
  }

  private static PolicyDocument.Decision decides(String subject, String audience) {
    var trust =
        PipelineAccounts.workflowRole("prod")
            .resources("AWS::IAM::Role")
            .get("DeployRole")
            .get("AssumeRolePolicyDocument");
    var provider = "token.actions.githubusercontent.com";
    return PolicyParser.parse(trust.toString(), PolicyParser.Kind.TRUST)
        .decideFor(
            principal ->
                principal.type().equals("Federated") && principal.value().endsWith("/" + provider),
            "sts:AssumeRoleWithWebIdentity",
            new ContextKeys().with(provider + ":sub", subject).with(provider + ":aud", audience));
  }
}
