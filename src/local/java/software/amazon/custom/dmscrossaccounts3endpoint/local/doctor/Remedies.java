package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * The commands that the user may type next. The stacks have the names that the guide gives them.
 *
 * @param region of the registration
 * @param typeName the type's name in the registry
 * @param file of the type configuration
 */
record Remedies(String region, String typeName, String file) {

  /** Deploys a template of {@code bootstrap/} again. */
  private String deploy(String account, String stack, String template, String... overrides) {
    return "aws cloudformation deploy --stack-name %s --template-file bootstrap/%s --capabilities CAPABILITY_NAMED_IAM%s --region %s%s"
        .formatted(
            stack,
            template,
            overrides.length == 0 ? "" : " --parameter-overrides " + String.join(" ", overrides),
            region,
            in(account));
  }

  private static String in(String account) {
    return "   # with credentials of " + account;
  }

  String dataLakeAccount(String account, String... overrides) {
    return deploy(account, "dms-s3-endpoint-data-lake", "data-lake-account.yaml", overrides);
  }

  String dmsAccount(String account, String... overrides) {
    return deploy(account, "dms-s3-endpoint-dms", "dms-account.yaml", overrides);
  }

  String typeRoles(String account, String... overrides) {
    return deploy(account, "dms-s3-endpoint-type-roles", "type-roles.yaml", overrides);
  }

  String registerType(String account, String... overrides) {
    return deploy(
        account,
        "dms-s3-endpoint-type",
        "register-type.yaml",
        Stream.concat(Stream.of("TypeName=" + typeName), Stream.of(overrides))
            .toArray(String[]::new));
  }

  String setTypeConfiguration(String account) {
    return "aws cloudformation set-type-configuration --type RESOURCE --type-name %s --configuration-alias default --configuration file://%s --region %s%s"
        .formatted(typeName, file, region, in(account));
  }

  /** Has the type mend an endpoint: an update that changes nothing but a tag of the stack. */
  String update(String endpointArn) {
    return "aws cloudformation deploy --stack-name STACK --template-file TEMPLATE --tags mended=$(date +%%s) --region %s   # STACK: aws cloudformation describe-stack-resources --physical-resource-id %s"
        .formatted(region, endpointArn);
  }

  String markEndpoint(String endpointArn, String account) {
    return "aws dms add-tags-to-resource --resource-arn %s --tags Key=%s,Value=%s --region %s%s"
        .formatted(endpointArn, OwnershipTags.ENDPOINT, endpointArn, region, in(account));
  }

  String markRole(String role, String endpointArn, String account) {
    return "aws iam tag-role --role-name %s --tags Key=%s,Value=%s%s"
        .formatted(role, OwnershipTags.ENDPOINT, endpointArn, in(account));
  }

  String markPolicy(String policyArn, String endpointArn, String account) {
    return "aws iam tag-policy --policy-arn %s --tags Key=%s,Value=%s%s"
        .formatted(policyArn, OwnershipTags.ENDPOINT, endpointArn, in(account));
  }

  String detach(String role, String policyArn, String account) {
    return "aws iam detach-role-policy --role-name %s --policy-arn %s%s"
        .formatted(role, policyArn, in(account));
  }

  String deleteInline(String role, String policy, String account) {
    return "aws iam delete-role-policy --role-name %s --policy-name %s%s"
        .formatted(role, policy, in(account));
  }

  String lookAtRole(String role, String account) {
    return "aws iam get-role --role-name %s%s".formatted(role, in(account));
  }

  String lookAtPolicy(String policyArn, String account) {
    return "aws iam list-entities-for-policy --policy-arn %s%s".formatted(policyArn, in(account));
  }

  /** Deletes what is left of an endpoint. */
  String deleteOrphans(Orphans.Remains remains, String account) {
    var detachments =
        remains.roles().stream()
            .flatMap(
                role ->
                    role.attached().stream()
                        .map(
                            arn ->
                                "aws iam detach-role-policy --role-name %s --policy-arn %s"
                                    .formatted(role.name(), arn)));
    var policies =
        remains.policies().stream().map(arn -> "aws iam delete-policy --policy-arn " + arn);
    var roles =
        remains.roles().stream().map(role -> "aws iam delete-role --role-name " + role.name());
    return Stream.of(detachments, policies, roles)
            .flatMap(commands -> commands)
            .collect(Collectors.joining(" && "))
        + in(account);
  }
}
