package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Snapshot;

/**
 * The accounts as the templates of {@code examples/pipeline} make them, on a local AWS that
 * enforces IAM: the tools account, and the accounts of {@code targets.txt}.
 */
final class PipelineAccounts implements AutoCloseable {

  static final String TOOLS = "999900001111";
  static final String BUCKETS = "example-dms-s3-endpoint-packages";

  /** The account of each environment. */
  static final Map<String, String> ENVIRONMENTS =
      Map.of("dev", "111122223333", "test", "222233334444", "prod", "333344445555");

  static final String OTHER_REGION = "eu-west-1";
  static final Path FOLDER = Path.of("examples", "pipeline");

  private static final String PROVIDER =
      "arn:aws:iam::" + TOOLS + ":oidc-provider/token.actions.githubusercontent.com";

  /** Whose policy is meant, in dev. */
  enum Part {
    /** Whoever runs the scripts. */
    DEPLOY(TOOLS, "dms-s3-endpoint-deploy-dev"),
    /** The StackSet in the tools account. */
    ADMINISTRATION(TOOLS, "dms-s3-endpoint-stack-sets-dev"),
    /** The StackSet in the account of the type. */
    STACK_SET(ENVIRONMENTS.get("dev"), "dms-s3-endpoint-stack-sets"),
    /** The scripts in the account of the type. */
    OPERATOR(ENVIRONMENTS.get("dev"), "dms-s3-endpoint-type-operator");

    private final String account;
    private final String name;

    Part(String account, String name) {
      this.account = account;
      this.name = name;
    }
  }

  private final LocalClock clock = LocalClock.virtual();
  private final LocalAws aws;

  private PipelineAccounts(Duration settleTime) {
    var builder = LocalAws.builder().clock(clock).enforceIam(true).account(TOOLS);
    ENVIRONMENTS.values().forEach(builder::account);
    aws =
        builder
            .settleTime(settleTime)
            .templates(
                (template, account, region, parameters) ->
                    DeployedTemplate.of(TemplateFile.parse(template), account, region, parameters)
                        .declared())
            .start();
  }

  /** What the templates make; the accounts of all tests begin with it. */
  private static final class Deployed {
    private static final Snapshot STATE = deploy();

    private static Snapshot deploy() {
      try (var accounts = new PipelineAccounts(Duration.ofSeconds(1))) {
        for (var region : new String[] {DeployedTemplate.REGION, OTHER_REGION}) {
          accounts.makeBucket(region);
        }
        ENVIRONMENTS.keySet().stream().sorted().forEach(accounts::deployEnvironment);
        accounts.deploy(pipeline());
        return accounts.aws.snapshot();
      }
    }
  }

  private static PipelineAccounts start(Duration settleTime) {
    var accounts = new PipelineAccounts(settleTime);
    accounts.aws.restore(Deployed.STATE);
    return accounts;
  }

  /** The accounts as the templates have them; a registration takes a second. */
  static PipelineAccounts start() {
    return start(Duration.ofSeconds(1));
  }

  /** The same, for programs that can't move the clock: what is registered is there at once. */
  static PipelineAccounts startSettled() {
    return start(Duration.ZERO);
  }

  private void makeBucket(String region) {
    var template =
        DeployedTemplate.of(
            TemplateFile.read(FOLDER.resolve("packages.yaml")),
            TOOLS,
            region,
            Map.of("AccountIds", String.join(",", ENVIRONMENTS.values())));
    aws.createBucket(
        TOOLS,
        template.resources("AWS::S3::Bucket").get("Packages").get("BucketName").asText(),
        template
            .resources("AWS::S3::BucketPolicy")
            .get("PackagesPolicy")
            .get("PolicyDocument")
            .toString());
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

  static DeployedTemplate deployed(
      String template, String account, Map<String, String> parameters) {
    return DeployedTemplate.of(TemplateFile.read(FOLDER.resolve(template)), account, parameters);
  }

  /** The template of CodePipeline. */
  static DeployedTemplate pipeline() {
    return deployed(
        "pipeline.yaml",
        TOOLS,
        Map.of(
            "TypeName", "Acme::DMS::CrossAccountS3Endpoint",
            "ConnectionArn",
                "arn:aws:codeconnections:eu-central-1:" + TOOLS + ":connection/11111111-2222",
            "RepositoryId", "acme/dms-endpoint"));
  }

  private void deploy(DeployedTemplate template) {
    try (var iam = iam(aws.administrator(template.account()))) {
      BootstrappedAccounts.deploy(iam, template, UnaryOperator.identity());
    }
  }

  /** What a policy says. */
  JsonNode policy(Part part) {
    return part == Part.DEPLOY
        ? aws.policies(part.account).stream()
            .filter(policy -> policy.arn().endsWith("/" + part.name))
            .findFirst()
            .orElseThrow()
            .document()
        : inline(part).getValue();
  }

  private Map.Entry<String, JsonNode> inline(Part part) {
    return aws.roles(part.account).stream()
        .filter(role -> role.name().equals(part.name))
        .flatMap(role -> role.inline().entrySet().stream())
        .findFirst()
        .orElseThrow();
  }

  /** Changes a policy. */
  void change(Part part, UnaryOperator<ObjectNode> change) {
    var changed = change.apply((ObjectNode) policy(part));
    var document = changed.toString();
    try (var iam = iam(aws.administrator(part.account))) {
      if (part == Part.DEPLOY) {
        iam.createPolicyVersion(
            r ->
                r.policyArn("arn:aws:iam::" + part.account + ":policy/" + part.name)
                    .policyDocument(document)
                    .setAsDefault(true));
      } else if (changed.get("Statement").isEmpty()) {
        iam.deleteRolePolicy(r -> r.roleName(part.name).policyName(inline(part).getKey()));
      } else {
        iam.putRolePolicy(
            r -> r.roleName(part.name).policyName(inline(part).getKey()).policyDocument(document));
      }
    }
  }

  LocalAws aws() {
    return aws;
  }

  LocalClock clock() {
    return clock;
  }

  /** Who runs the scripts for an environment, in the workflow. */
  LocalCredentials workflow(String environment) {
    return session(TOOLS, "dms-s3-endpoint-deploy-" + environment);
  }

  LocalCredentials session(String account, String role) {
    return aws.sessionOf("arn:aws:iam::" + account + ":role/" + role);
  }

  CloudFormationClient cloudFormation(LocalCredentials as, String region) {
    return CloudFormationClient.builder()
        .region(Region.of(region))
        .endpointOverride(aws.endpoint())
        .credentialsProvider(provider(as))
        .build();
  }

  CloudFormationClient cloudFormation(LocalCredentials as) {
    return cloudFormation(as, DeployedTemplate.REGION);
  }

  StsClient sts(LocalCredentials as) {
    return StsClient.builder()
        .region(Region.of(DeployedTemplate.REGION))
        .endpointOverride(aws.endpoint())
        .credentialsProvider(provider(as))
        .build();
  }

  IamClient iam(LocalCredentials as) {
    return IamClient.builder()
        .region(Region.AWS_GLOBAL)
        .endpointOverride(aws.endpoint())
        .credentialsProvider(provider(as))
        .build();
  }

  private static StaticCredentialsProvider provider(LocalCredentials as) {
    return StaticCredentialsProvider.create(
        as.sessionToken() == null
            ? AwsBasicCredentials.create(as.accessKeyId(), as.secretAccessKey())
            : AwsSessionCredentials.create(
                as.accessKeyId(), as.secretAccessKey(), as.sessionToken()));
  }

  @Override
  public void close() {
    aws.close();
  }
}
