package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.net.URI;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;

/**
 * Does in every account what its administrators do once before they use the type: they make the
 * roles that it assumes. It goes through the IAM API, so that roles can have paths as in real
 * accounts.
 */
final class RoleSetup {
  private final LocalAws aws;
  private final String partition;
  private final Region region;

  RoleSetup(LocalAws aws, String partition, String region) {
    this.aws = aws;
    this.partition = partition;
    this.region = Region.of(region);
  }

  /** Makes a role that the other account's role may assume and that may do everything. */
  void create(AssumableRole role, String trustedRoleArn) {
    var slash = role.name().lastIndexOf('/');
    var name = role.name().substring(slash + 1);
    try (var http = ApacheHttpClient.create();
        var iam =
            IamClient.builder()
                .endpointOverride(URI.create(aws.endpoint().toString()))
                .region(region)
                .httpClient(http)
                .credentialsProvider(administrator(role.account()))
                .build()) {
      iam.createRole(
          request ->
              request
                  .roleName(name)
                  .path("/" + role.name().substring(0, slash + 1))
                  .assumeRolePolicyDocument(trust(trustedRoleArn, role.externalId())));
      iam.attachRolePolicy(request -> request.roleName(name).policyArn(administratorAccess()));
    }
  }

  private StaticCredentialsProvider administrator(String account) {
    var key = aws.administrator(account);
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private String administratorAccess() {
    return Arn.builder()
        .partition(partition)
        .service("iam")
        .accountId("aws")
        .resource("policy/AdministratorAccess")
        .build()
        .toString();
  }

  private static String trust(String trustedRoleArn, String externalId) {
    return IamPolicy.builder()
        .addStatement(
            statement -> {
              statement
                  .effect(IamEffect.ALLOW)
                  .addPrincipal(IamPrincipalType.AWS, trustedRoleArn)
                  .addAction("sts:AssumeRole");
              if (externalId != null) {
                statement.addCondition(
                    condition ->
                        condition.operator("StringEquals").key("sts:ExternalId").value(externalId));
              }
            })
        .build()
        .toJson();
  }
}
