package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.Clients;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;

/**
 * The accounts as the templates of {@code bootstrap/} make them, on a local AWS that enforces IAM:
 * nothing but the templates' roles and policies lets the provider in.
 */
public final class BootstrappedAccounts implements AutoCloseable {

  public static final String DMS = TwoAccounts.DMS;
  public static final String LAKE = TwoAccounts.LAKE;

  /** An account that holds the type and its stacks, but no endpoints. */
  public static final String TYPE = "999900001111";

  static final String ORGANIZATION = "o-exampleorg1";
  public static final String EXTERNAL_ID = "dms-s3-endpoints";
  public static final String BUCKETS =
      "arn:aws:s3:::example-data-lake,arn:aws:s3:::example-data-lake-2";

  /** The organizational unit of the accounts that are trusted, and another one. */
  static final String UNIT = ORGANIZATION + "/r-ab12/ou-ab12-11111111/";

  static final String OTHER_UNIT = ORGANIZATION + "/r-ab12/ou-ab12-22222222/";

  private static final Path FOLDER = Path.of("bootstrap");

  /** Where the type is, and how the accounts trust it. */
  public enum Layout {
    /** The type is in the account of the endpoints. */
    SAME_ACCOUNT(DMS, Map.of("TypeAccountIds", DMS)),
    /** The type is in an account of its own. */
    CENTRAL(TYPE, Map.of("TypeAccountIds", TYPE, "AssumeRoleExternalId", EXTERNAL_ID)),
    /** As before; the other accounts trust their organization. */
    ORGANIZATION_WIDE(
        TYPE, Map.of("OrganizationPaths", UNIT + "*", "AssumeRoleExternalId", EXTERNAL_ID));

    private final String typeAccount;
    private final Map<String, String> trust;

    Layout(String typeAccount, Map<String, String> trust) {
      this.typeAccount = typeAccount;
      this.trust = trust;
    }

    public boolean hasDmsRole() {
      return !typeAccount.equals(DMS);
    }

    public String typeAccount() {
      return typeAccount;
    }

    /** The templates with the parameters that go together. */
    Map<PolicyOf, DeployedTemplate> templates() {
      var lake = deployed("data-lake-account.yaml", LAKE, trust, Map.of("BucketArns", BUCKETS));
      var dms =
          deployed(
              "dms-account.yaml",
              DMS,
              trust,
              Map.of("EndpointRoleArns", lake.output("EndpointRoleArns")));
      var type =
          deployed(
              "type-roles.yaml",
              typeAccount,
              Map.of("DataLakeRoleArns", lake.output("DataLakeRoleArn")),
              hasDmsRole()
                  ? Map.of("DmsRoleArns", dms.output("DmsRoleArn"))
                  : Map.of("EndpointRoleArns", lake.output("EndpointRoleArns")));
      return hasDmsRole()
          ? Map.of(PolicyOf.LAKE_ROLE, lake, PolicyOf.DMS_ROLE, dms, PolicyOf.EXECUTION_ROLE, type)
          : Map.of(PolicyOf.LAKE_ROLE, lake, PolicyOf.EXECUTION_ROLE, type);
    }
  }

  /** Whose policy is meant. */
  enum PolicyOf {
    LAKE_ROLE("ProviderRole"),
    DMS_ROLE("ProviderRole"),
    EXECUTION_ROLE("ExecutionRole");

    private final String logicalId;

    PolicyOf(String logicalId) {
      this.logicalId = logicalId;
    }

    /** The one policy of the role. */
    ObjectNode in(DeployedTemplate template) {
      var role = template.resources("AWS::IAM::Role").get(logicalId);
      return (ObjectNode) role.at("/Policies/0/PolicyDocument");
    }
  }

  private final Layout layout;
  private final TwoAccounts accounts;
  private final Map<PolicyOf, DeployedTemplate> templates;

  private BootstrappedAccounts(
      Layout layout,
      UnaryOperator<LocalAwsBuilder> options,
      PolicyOf changed,
      UnaryOperator<ObjectNode> change) {
    this.layout = layout;
    accounts =
        TwoAccounts.start(
            b ->
                options
                    .apply(b)
                    .enforceIam(true)
                    .account(TYPE)
                    .organization(TYPE, ORGANIZATION)
                    .organization(DMS, ORGANIZATION)
                    .organizationPath(TYPE, UNIT)
                    .organizationPath(DMS, OTHER_UNIT));
    templates = layout.templates();
    templates.forEach(
        (who, template) -> deploy(template, who == changed ? change : UnaryOperator.identity()));
    accounts.clock().advance(Duration.ofMinutes(1));
    makeForeignEndpoint();
    accounts.aws().forgetCalls();
  }

  /** An endpoint in the type's account that somebody made by hand: a list has to read its tags. */
  private void makeForeignEndpoint() {
    var administrator = accounts.aws().administrator(layout.typeAccount());
    try (var iam = iam(administrator);
        var dms = dms(administrator)) {
      var role =
          iam.createRole(
                  r -> r.roleName("by-hand").assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS))
              .role()
              .arn();
      accounts.clock().advance(Duration.ofMinutes(1));
      endpoint(dms, role);
    }
  }

  /** Makes an endpoint by hand. */
  static void endpoint(DatabaseMigrationClient dms, String role) {
    dms.createEndpoint(
        r ->
            r.endpointIdentifier("by-hand")
                .endpointType("target")
                .engineName("s3")
                .s3Settings(s -> s.bucketName("another-bucket").serviceAccessRoleArn(role)));
  }

  /** The accounts as the templates have them. */
  public static BootstrappedAccounts start(Layout layout) {
    return start(layout, UnaryOperator.identity());
  }

  /** The accounts as the templates have them, on a local AWS with other habits. */
  public static BootstrappedAccounts start(Layout layout, UnaryOperator<LocalAwsBuilder> options) {
    return new BootstrappedAccounts(layout, options, null, UnaryOperator.identity());
  }

  /** The accounts with one role's policy changed. */
  static BootstrappedAccounts start(
      Layout layout, PolicyOf changed, UnaryOperator<ObjectNode> change) {
    return new BootstrappedAccounts(layout, UnaryOperator.identity(), changed, change);
  }

  public static DeployedTemplate deployed(
      String template, String account, Map<String, String> some, Map<String, String> more) {
    var parameters = new TreeMap<>(some);
    parameters.putAll(more);
    return DeployedTemplate.of(TemplateFile.read(FOLDER.resolve(template)), account, parameters);
  }

  private void deploy(DeployedTemplate template, UnaryOperator<ObjectNode> change) {
    try (var iam = iam(accounts.aws().administrator(template.account()))) {
      deploy(iam, template, change);
    }
  }

  /** Makes the roles and policies of a template as CloudFormation does. */
  static void deploy(IamClient iam, DeployedTemplate template, UnaryOperator<ObjectNode> change) {
    template.resources("AWS::IAM::ManagedPolicy").values().forEach(p -> makePolicy(iam, p));
    template
        .resources("AWS::IAM::Role")
        .values()
        .forEach(
            role -> {
              var name = role.get("RoleName").asText();
              iam.createRole(
                  r ->
                      r.roleName(name)
                          .description(role.get("Description").asText())
                          .maxSessionDuration(role.get("MaxSessionDuration").asInt())
                          .assumeRolePolicyDocument(
                              role.get("AssumeRolePolicyDocument").toString()));
              role.path("ManagedPolicyArns")
                  .forEach(
                      arn -> iam.attachRolePolicy(r -> r.roleName(name).policyArn(arn.asText())));
              role.path("Policies")
                  .forEach(
                      p ->
                          iam.putRolePolicy(
                              r ->
                                  r.roleName(name)
                                      .policyName(p.get("PolicyName").asText())
                                      .policyDocument(
                                          change
                                              .apply((ObjectNode) p.get("PolicyDocument"))
                                              .toString())));
            });
  }

  private static void makePolicy(IamClient iam, ObjectNode properties) {
    var arn =
        iam.createPolicy(
                r ->
                    r.policyName(properties.get("ManagedPolicyName").asText())
                        .path(properties.get("Path").asText())
                        .description(properties.get("Description").asText())
                        .policyDocument(properties.get("PolicyDocument").toString()))
            .policy()
            .arn();
    properties
        .path("Roles")
        .forEach(role -> iam.attachRolePolicy(r -> r.roleName(role.asText()).policyArn(arn)));
  }

  /** Makes one more stack. */
  public void deploy(DeployedTemplate template) {
    deploy(template, UnaryOperator.identity());
  }

  public TwoAccounts accounts() {
    return accounts;
  }

  public String lakeRole() {
    return templates.get(PolicyOf.LAKE_ROLE).output("DataLakeRoleArn");
  }

  public String boundary() {
    return templates.get(PolicyOf.LAKE_ROLE).output("PermissionsBoundaryArn");
  }

  public String dmsRole() {
    return templates.get(PolicyOf.DMS_ROLE).output("DmsRoleArn");
  }

  public String executionRole() {
    return templates.get(PolicyOf.EXECUTION_ROLE).output("ExecutionRoleArn");
  }

  /** The type configuration with the roles of the templates, as the environment {@code dev}. */
  public ObjectNode typeConfiguration() {
    var configuration =
        TwoAccounts.json(
            "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': '%s', 'PermissionsBoundaryArn': '%s'}]}"
                .formatted(lakeRole(), boundary()));
    var environment = (ObjectNode) configuration.at("/Environments/0");
    if (layout.hasDmsRole()) {
      environment.put("DmsRoleArn", dmsRole());
    }
    if (layout.trust.containsKey("AssumeRoleExternalId")) {
      environment.put("AssumeRoleExternalId", EXTERNAL_ID);
    }
    return configuration;
  }

  /** CloudFormation with the credentials of the execution role. */
  public CloudFormation cloudFormation() {
    return cloudFormation(typeConfiguration());
  }

  /** CloudFormation with the credentials of the execution role, and this type configuration. */
  CloudFormation cloudFormation(ObjectNode configuration) {
    return accounts.cloudFormation(
        b ->
            b.account(layout.typeAccount())
                .typeConfiguration(configuration)
                .credentials(
                    () -> {
                      var session = accounts.aws().sessionOf(executionRole());
                      return new Credentials(
                          session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
                    }));
  }

  public IamClient iam(LocalCredentials as) {
    return new Clients(accounts.aws()).iam(as);
  }

  StsClient sts(LocalCredentials as) {
    return new Clients(accounts.aws()).sts(as);
  }

  public DatabaseMigrationClient dms(LocalCredentials as) {
    return new Clients(accounts.aws()).dms(as);
  }

  public static StaticCredentialsProvider provider(LocalCredentials as) {
    return StaticCredentialsProvider.create(Clients.sdk(as));
  }

  /** Every action of every role's policy, with whose it is. */
  static List<Map.Entry<PolicyOf, String>> actions(Layout layout) {
    return new TreeMap<>(layout.templates())
        .entrySet().stream()
            .flatMap(
                entry ->
                    Policies.allowedActions(entry.getKey().in(entry.getValue())).stream()
                        .map(action -> Map.entry(entry.getKey(), action)))
            .toList();
  }

  @Override
  public void close() {
    accounts.close();
  }
}
