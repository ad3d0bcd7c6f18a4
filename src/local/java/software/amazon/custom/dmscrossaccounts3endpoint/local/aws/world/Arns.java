package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;

/** Builds and reads the ARNs of one partition. */
public final class Arns {
  private final String partition;

  Arns(String partition) {
    this.partition = partition;
  }

  String partition() {
    return partition;
  }

  public String role(String account, String path, String name) {
    return arn("iam", "", account, "role" + path + name);
  }

  public String policy(String account, String path, String name) {
    return arn("iam", "", account, "policy" + path + name);
  }

  public String user(String account, String name) {
    return arn("iam", "", account, "user/" + name);
  }

  public String root(String account) {
    return arn("iam", "", account, "root");
  }

  public String session(String account, String role, String session) {
    return arn("sts", "", account, "assumed-role/" + role + "/" + session);
  }

  public String endpoint(String account, String region, String id) {
    return arn("dms", region, account, "endpoint:" + id);
  }

  public String replicationInstance(String account, String region, String id) {
    return arn("dms", region, account, "rep:" + id);
  }

  public String replicationTask(String account, String region, String id) {
    return arn("dms", region, account, "task:" + id);
  }

  public String replicationConfig(String account, String region, String id) {
    return arn("dms", region, account, "replication-config:" + id);
  }

  public String logGroup(String account, String region, String name) {
    return arn("logs", region, account, "log-group:" + name);
  }

  /** What CloudFormation itself keeps: a StackSet, or an account that one is deployed to. */
  public String cloudFormation(String account, String region, String resource) {
    return arn("cloudformation", region, account, resource);
  }

  /** A resource type of AWS, which is in no account. */
  public String publicType(String region, String name) {
    return arn("cloudformation", region, "", "type/resource/" + name.replace("::", "-"));
  }

  /** A registered resource type; its versions end with their ids. */
  public String type(String account, String region, String name) {
    return arn("cloudformation", region, account, "type/resource/" + name.replace("::", "-"));
  }

  public String typeConfiguration(String account, String region, String name, String alias) {
    return arn(
        "cloudformation",
        region,
        account,
        "type-configuration/resource/" + name.replace("::", "-") + "/" + alias);
  }

  public String bucket(String name) {
    return arn("s3", "", "", name);
  }

  public String key(String region, String account, String id) {
    return arn("kms", region, account, "key/" + id);
  }

  private String arn(String service, String region, String account, String resource) {
    return Arn.builder()
        .partition(partition)
        .service(service)
        .region(region)
        .accountId(account)
        .resource(resource)
        .build()
        .toString();
  }

  /** The ARN's parts when it is one of this partition and service. */
  public Optional<Arn> read(String service, String arn) {
    return Arn.tryFromString(arn)
        .filter(a -> a.partition().equals(partition) && a.service().equals(service));
  }

  /** The account of a well-formed role ARN of this partition. */
  public Optional<String> accountOfRole(String arn) {
    return read("iam", arn)
        .filter(a -> a.resourceAsString().startsWith("role/"))
        .flatMap(Arn::accountId)
        .filter(account -> account.matches("\\d{12}"));
  }

  /** A role's name, the last part of its ARN, as the key under which roles are kept. */
  public static String nameOf(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** IAM and DMS tell names apart regardless of case. */
  public static String ignoringCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
