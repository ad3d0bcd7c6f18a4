package software.amazon.custom.dmscrossaccounts3endpoint.names;

import lombok.With;
import software.amazon.awssdk.arns.Arn;

/**
 * Names and ARNs of one resource, computed before the first call to AWS.
 *
 * @param partition such as {@code aws}, {@code aws-cn}, {@code aws-us-gov}
 * @param region Region of the endpoint
 * @param dmsAccount account of the endpoint
 * @param dataLakeAccount account of the role and the policy
 * @param endpointIdentifier the endpoint's identifier in DMS
 * @param resourceIdentifier last part of the endpoint's ARN
 * @param roleName name of the role in the data-lake account
 * @param policyName name of the policy in the data-lake account
 * @param path IAM path of both, which ends with this type's own
 */
@With
public record EndpointNames(
    String partition,
    String region,
    String dmsAccount,
    String dataLakeAccount,
    String endpointIdentifier,
    String resourceIdentifier,
    String roleName,
    String policyName,
    String path) {

  /**
   * Returns the ARN of an endpoint, {@code
   * arn:{partition}:dms:{region}:{account}:endpoint:{resourceIdentifier}}.
   */
  public static String endpointArn(
      String partition, String region, String account, String resourceIdentifier) {
    return Arn.builder()
        .partition(partition)
        .service("dms")
        .region(region)
        .accountId(account)
        .resource("endpoint:" + resourceIdentifier)
        .build()
        .toString();
  }

  /**
   * Returns the account id of an ARN; empty where the ARN has none.
   *
   * @throws IllegalArgumentException where the ARN is malformed
   */
  public static String accountOf(String arn) {
    return Arn.fromString(arn).accountId().orElse("");
  }

  /**
   * Returns whether a text is the ARN of an IAM resource of a partition.
   *
   * @param kind beginning of the resource part: {@code role/} or {@code policy/}
   */
  public static boolean isIamArn(String arn, String kind, String partition) {
    return Arn.tryFromString(arn)
        .filter(a -> a.partition().equals(partition) && a.service().equals("iam"))
        .filter(a -> a.region().isEmpty())
        .filter(a -> a.accountId().filter(id -> id.matches("[0-9]{12}|aws")).isPresent())
        .filter(a -> a.resourceAsString().startsWith(kind))
        .isPresent();
  }

  /**
   * Returns the IAM path in an ARN of a role or a policy, such as {@code /} or {@code /platform/}.
   */
  public static String pathOf(String arn) {
    return arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
  }

  /**
   * Returns the part of an ARN after the last colon or slash: a resource identifier, or a name
   * without its path.
   */
  public static String lastPartOf(String arn) {
    return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }

  /** Returns the ARN of the endpoint. */
  public String endpointArn() {
    return endpointArn(partition, region, dmsAccount, resourceIdentifier);
  }

  /** Returns the ARN pattern of all DMS resources in the endpoint's account and Region. */
  public String anyOfDms() {
    return Arn.builder()
        .partition(partition)
        .service("dms")
        .region(region)
        .accountId(dmsAccount)
        .resource("*")
        .build()
        .toString();
  }

  /** Returns the ARN of the role, under this type's IAM path. */
  public String roleArn() {
    return iamArn("role", roleName);
  }

  /** Returns the ARN of the policy, under this type's IAM path. */
  public String policyArn() {
    return iamArn("policy", policyName);
  }

  private String iamArn(String kind, String name) {
    return Arn.builder()
        .partition(partition)
        .service("iam")
        .accountId(dataLakeAccount)
        .resource(kind + path + name)
        .build()
        .toString();
  }
}
