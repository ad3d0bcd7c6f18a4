package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.EscalationTest.denied;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.ENVIRONMENTS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.PipelineAccounts.TOOLS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/** Attacks by somebody who holds the credentials of the workflow's job for dev. */
class PipelineEscalationTest {

  private static final String STACK_SET = "dms-s3-endpoint-type-dev";
  private static final String DEV = ENVIRONMENTS.get("dev");
  private static final String PROD = ENVIRONMENTS.get("prod");
  private static final String OPERATOR = "arn:aws:iam::%s:role/dms-s3-endpoint-type-operator";
  private static final String A_ROLE =
      "Resources: {Mine: {Type: 'AWS::IAM::Role', Properties: {RoleName: mine}}}";

  @AutoClose private final PipelineAccounts accounts = PipelineAccounts.start();
  private final LocalCredentials thief = accounts.workflow("dev");

  @AutoClose
  private final CloudFormationClient cloudFormation = accounts.clients().cloudFormation(thief);

  private static String administrationRole(String environment) {
    return "arn:aws:iam::" + TOOLS + ":role/dms-s3-endpoint-stack-sets-" + environment;
  }

  private static String registration() throws IOException {
    return Files.readString(Path.of("bootstrap", "register-type.yaml"));
  }

  private void makeStackSet(String name, String environment, String template) {
    var parameters =
        template.equals(A_ROLE)
            ? Map.<String, String>of()
            : Map.of(
                "TypeName",
                TypePackages.NAME,
                "PackageUrl",
                "s3://" + PipelineAccounts.BUCKETS + "-{Region}/1.zip",
                "ExecutionRoleArn",
                "dms-s3-endpoint-type-execution",
                "LoggingRoleArn",
                "dms-s3-endpoint-type-logging");
    cloudFormation.createStackSet(
        r ->
            r.stackSetName(name)
                .administrationRoleARN(administrationRole(environment))
                .executionRoleName("dms-s3-endpoint-stack-sets")
                .templateBody(template)
                .parameters(
                    parameters.entrySet().stream()
                        .map(
                            p ->
                                Parameter.builder()
                                    .parameterKey(p.getKey())
                                    .parameterValue(p.getValue())
                                    .build())
                        .toList()));
  }

  private String makeInstance(String name, String account) {
    return cloudFormation
        .createStackInstances(
            r -> r.stackSetName(name).accounts(account).regions(DeployedTemplate.REGION))
        .operationId();
  }

  private String reason(String operation) {
    cloudFormation.describeStackSetOperation(r -> r.stackSetName(STACK_SET).operationId(operation));
    return cloudFormation
        .listStackSetOperationResults(r -> r.stackSetName(STACK_SET).operationId(operation))
        .summaries()
        .get(0)
        .statusReason();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stackSet_resourceOfAnotherType_denied(boolean isUpdate) throws IOException {
    var resource = " on resource: arn:aws:cloudformation:eu-central-1::type/resource/AWS-IAM-Role";
    makeStackSet(STACK_SET, "dev", isUpdate ? registration() : A_ROLE);
    if (isUpdate) {
      makeInstance(STACK_SET, DEV);
      denied(
          "cloudformation:UpdateStackSet" + resource,
          () ->
              cloudFormation.updateStackSet(
                  r ->
                      r.stackSetName(STACK_SET)
                          .administrationRoleARN(administrationRole("dev"))
                          .executionRoleName("dms-s3-endpoint-stack-sets")
                          .templateBody(A_ROLE)));
    } else {
      denied("cloudformation:CreateStackInstances" + resource, () -> makeInstance(STACK_SET, DEV));
    }
  }

  @Test
  void stackSet_ofAnotherEnvironmentOrName_denied() throws IOException {
    for (var name : List.of("dms-s3-endpoint-type-prod", "mine")) {
      makeStackSet(name, "dev", registration());
      denied("cloudformation:CreateStackInstances", () -> makeInstance(name, PROD));
    }
    denied("iam:PassRole", () -> makeStackSet("another", "prod", registration()));
  }

  /** The roles in the accounts of another environment don't let this environment's StackSet in. */
  @Test
  void stackSetOfDev_accountOfProd_denied() throws IOException {
    makeStackSet(STACK_SET, "dev", registration());
    assertThat(reason(makeInstance(STACK_SET, PROD)))
        .contains("not authorized to perform: sts:AssumeRole");
    try (var prod = accounts.clients().cloudFormation(accounts.aws().administrator(PROD))) {
      assertThat(prod.listTypes(r -> {}).typeSummaries()).isEmpty();
    }
  }

  @Test
  void rolesOfAccounts_anybodyButTheJobOfTheEnvironment_denied() {
    assume(thief, OPERATOR.formatted(DEV));
    for (var environment : List.of("test", "prod")) {
      var operator = OPERATOR.formatted(ENVIRONMENTS.get(environment));
      denied("sts:AssumeRole", () -> assume(thief, operator));
    }
    for (var name : List.of("other", "dms-s3-endpoint-deploy")) {
      var other =
          accounts.aws().sessionOf(accounts.aws().createAssumableRole(TOOLS, name, TOOLS, null));
      denied("sts:AssumeRole", () -> assume(other, OPERATOR.formatted(DEV)));
      var stackSets = "arn:aws:iam::" + DEV + ":role/dms-s3-endpoint-stack-sets";
      denied("sts:AssumeRole", () -> assume(other, stackSets));
    }
  }

  private void assume(LocalCredentials as, String role) {
    try (var sts = accounts.clients().sts(as)) {
      sts.assumeRole(r -> r.roleArn(role).roleSessionName("thief"));
    }
  }

  @Test
  void iam_anyRoleOfThePipeline_denied() {
    for (var as :
        List.of(
            thief,
            accounts.session(TOOLS, "dms-s3-endpoint-stack-sets-dev"),
            accounts.session(DEV, "dms-s3-endpoint-stack-sets"),
            accounts.session(DEV, "dms-s3-endpoint-type-operator"))) {
      try (var iam = accounts.clients().iam(as)) {
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

  private int put(LocalCredentials as, String path, String... headers) throws Exception {
    var content = TypePackages.holding("readme.txt", "x");
    return TypePackages.put(accounts.aws().endpoint(), as, path, content, headers).statusCode();
  }

  @Test
  void upload_packageIsThereOrRoleOfAnotherEnvironment_refused() throws Exception {
    var path = "/" + PipelineAccounts.BUCKETS + "-eu-central-1/1.zip";
    assertThat(put(thief, path, "If-None-Match", "*")).isEqualTo(200);
    assertThat(put(thief, path, "If-None-Match", "*")).isEqualTo(412);
    assertThat(put(thief, path)).isEqualTo(403);
    var prod = accounts.workflow("prod");
    assertThat(put(prod, path + "2", "If-None-Match", "*")).isEqualTo(403);
  }

  /** Names of buckets are global: somebody else may have made that of a Region to come. */
  @Test
  void upload_bucketOfAnotherAccount_refused() throws Exception {
    var everybody = TwoAccounts.ANYTHING.replace("\"Action\"", "\"Principal\":\"*\",\"Action\"");
    accounts.aws().createBucket(DEV, PipelineAccounts.BUCKETS + "-us-east-1", everybody);
    var path = "/" + PipelineAccounts.BUCKETS + "-us-east-1/1.zip";
    assertThat(put(thief, path, "If-None-Match", "*")).isEqualTo(403);
    var owner = accounts.aws().administrator(DEV);
    assertThat(put(owner, path)).isEqualTo(200);
    assertThat(put(owner, path, "x-amz-expected-bucket-owner", TOOLS)).isEqualTo(403);
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
  void roleOfProd_jobThatIsNotForProd_denied(String subject) {
    assertThat(decides(subject, "sts.amazonaws.com")).isEqualTo(PolicyDocument.Decision.SILENT);
  }

  @Test
  void roleOfProd_jobForProd_allowed() {
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
