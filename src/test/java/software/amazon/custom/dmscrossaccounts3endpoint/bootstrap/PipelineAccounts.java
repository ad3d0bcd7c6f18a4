package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.Clients;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/**
 * The accounts as the templates of {@code examples/pipeline} make them, on a local AWS that
 * enforces IAM: the tools account, and the accounts of {@code targets.txt}.
 *
 * @param aws registers at once, for the scripts can't move its clock
 */
record PipelineAccounts(LocalAws aws) implements AutoCloseable {

  static final String TOOLS = "999900001111";
  static final String BUCKETS = "example-dms-s3-endpoint-packages";

  /** The account of each environment. */
  static final Map<String, String> ENVIRONMENTS =
      Map.of("dev", "111122223333", "test", "222233334444", "prod", "333344445555");

  static final String OTHER_REGION = "eu-west-1";
  static final Path FOLDER = Path.of("examples", "pipeline");

  private static final String PROVIDER =
      "arn:aws:iam::" + TOOLS + ":oidc-provider/token.actions.githubusercontent.com";

  static PipelineAccounts start() {
    var builder = LocalAws.builder().clock(LocalClock.virtual()).enforceIam(true).account(TOOLS);
    ENVIRONMENTS.values().forEach(builder::account);
    var accounts =
        new PipelineAccounts(
            builder
                .settleTime(Duration.ZERO)
                .templates(
                    (template, account, region, parameters) ->
                        DeployedTemplate.of(
                                TemplateFile.parse(template), account, region, parameters)
                            .declared())
                .start());
    accounts.makeBucket(DeployedTemplate.REGION);
    accounts.makeBucket(OTHER_REGION);
    ENVIRONMENTS.keySet().forEach(accounts::deployEnvironment);
    accounts.aws.forgetCalls();
    return accounts;
  }

  private void makeBucket(String region) {
    var template =
        DeployedTemplate.of(
            TemplateFile.read(FOLDER.resolve("packages.yaml")),
            TOOLS,
            region,
            Map.of("AccountIds", String.join(",", ENVIRONMENTS.values())));
    var policy = template.resources("AWS::S3::BucketPolicy").get("PackagesPolicy");
    aws.createBucket(TOOLS, BUCKETS + "-" + region, policy.get("PolicyDocument").toString());
  }

  private void deployEnvironment(String environment) {
    var target =
        deployed(
            "target-account.yaml",
            ENVIRONMENTS.get(environment),
            Map.of("ToolsAccountId", TOOLS, "Environment", environment));
    deploy(target);
    deploy(
        deployed(
            "environment.yaml",
            TOOLS,
            Map.of(
                "Environment", environment,
                "StackSetRoleArns", target.output("StackSetRoleArn"),
                "OperatorRoleArns", target.output("OperatorRoleArn"),
                "Uploads", String.valueOf(environment.equals("dev")))));
    deploy(workflowRole(environment));
  }

  /** The role that the workflow has in an environment. */
  static DeployedTemplate workflowRole(String environment) {
    return deployed(
        "github-oidc.yaml",
        TOOLS,
        Map.of(
            "Repository", "acme/dms-endpoint",
            "Environment", environment,
            "OidcProviderArn", PROVIDER));
  }

  private static DeployedTemplate deployed(
      String template, String account, Map<String, String> parameters) {
    return DeployedTemplate.of(TemplateFile.read(FOLDER.resolve(template)), account, parameters);
  }

  private void deploy(DeployedTemplate template) {
    try (var iam = clients().iam(aws.administrator(template.account()))) {
      BootstrappedAccounts.deploy(iam, template, UnaryOperator.identity());
    }
  }

  Clients clients() {
    return new Clients(aws);
  }

  /** The credentials that the scripts have in the workflow's job of an environment. */
  LocalCredentials workflow(String environment) {
    return session(TOOLS, "dms-s3-endpoint-deploy-" + environment);
  }

  LocalCredentials session(String account, String role) {
    return aws.sessionOf("arn:aws:iam::" + account + ":role/" + role);
  }

  @Override
  public void close() {
    aws.close();
  }
}
