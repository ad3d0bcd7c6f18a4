package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.pack.TypeName;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * The commands that the user may type next. The stacks have the names that the guide gives them.
 *
 * @param region of the registration
 * @param typeAccount account of the registration
 * @param typeName the type's name in the registry
 * @param file of the type configuration
 */
record FixCommands(String region, String typeAccount, String typeName, String file) {

  /** A name that an account can register, for the user to put an own one in its place. */
  private static final String EXAMPLE_NAME = "Acme::DMS::CrossAccountS3Endpoint";

  private static final String PACKAGE_URL = "PackageUrl=s3://BUCKET/KEY.zip";

  private static String in(String account) {
    return "   # with credentials of " + account;
  }

  /** Returns the deployment of a template of {@code bootstrap/}; empty overrides are left out. */
  private String deploy(String account, String stack, String template, Stream<String> overrides) {
    var parameters = String.join(" ", overrides.filter(text -> !text.isEmpty()).toList());
    return "aws cloudformation deploy --stack-name %s --template-file bootstrap/%s --capabilities CAPABILITY_NAMED_IAM%s --region %s%s"
        .formatted(
            stack,
            template,
            parameters.isEmpty() ? "" : " --parameter-overrides " + parameters,
            region,
            in(account));
  }

  String dataLakeAccount(String account, String... overrides) {
    return deploy(
        account, "dms-s3-endpoint-data-lake", "data-lake-account.yaml", Stream.of(overrides));
  }

  String dmsAccount(String account, String... overrides) {
    return deploy(account, "dms-s3-endpoint-dms", "dms-account.yaml", Stream.of(overrides));
  }

  String typeRoles(String... overrides) {
    return deploy(
        typeAccount, "dms-s3-endpoint-type-roles", "type-roles.yaml", Stream.of(overrides));
  }

  /** Returns whether no account can register a type under the name that was given. */
  boolean isReserved() {
    return TypeName.isReserved(typeName);
  }

  /** Returns the name to register: where the given one is reserved, an example of an own one. */
  String ownTypeName() {
    return isReserved() ? EXAMPLE_NAME : typeName;
  }

  /** Registers a package; where the type's name is reserved, one that is built under another. */
  String registerType(String... overrides) {
    var build = isReserved() ? "mvn package -Dtype.name=%s && ".formatted(EXAMPLE_NAME) : "";
    var parameters = Stream.of("TypeName=" + ownTypeName(), PACKAGE_URL);
    return build
        + deploy(
            typeAccount,
            "dms-s3-endpoint-type",
            "register-type.yaml",
            Stream.concat(parameters, Stream.of(overrides)));
  }

  String setTypeConfiguration() {
    return "aws cloudformation set-type-configuration --type RESOURCE --type-name %s --configuration-alias default --configuration file://%s --region %s%s"
        .formatted(ownTypeName(), file, region, in(typeAccount));
  }

  /** Lets the type repair an endpoint: an update that changes nothing but a tag of the stack. */
  String update(String endpointArn) {
    return "aws cloudformation deploy --stack-name STACK --template-file TEMPLATE --tags mended=$(date +%%s) --region %s   # STACK: aws cloudformation describe-stack-resources --physical-resource-id %s"
        .formatted(region, endpointArn);
  }

  String tagEndpoint(String endpointArn, String account) {
    return "aws dms add-tags-to-resource --resource-arn %s --tags Key=%s,Value=%s --region %s%s"
        .formatted(endpointArn, OwnershipTags.ENDPOINT, endpointArn, region, in(account));
  }

  /**
   * Returns a command of IAM.
   *
   * @param command with its options, such as {@code get-role --role-name x}
   */
  static String iam(String command, String account) {
    return "aws iam " + command + in(account);
  }

  static String tagIam(String commandAndName, String endpointArn, String account) {
    return iam(
        "%s --tags Key=%s,Value=%s".formatted(commandAndName, OwnershipTags.ENDPOINT, endpointArn),
        account);
  }

  static String detach(String role, String policyArn) {
    return "detach-role-policy --role-name %s --policy-arn %s".formatted(role, policyArn);
  }
}
