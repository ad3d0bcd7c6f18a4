package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;

/**
 * The policies that AWS itself manages, as far as a local AWS knows them. Of those it knows by name
 * only, nothing is allowed.
 */
public final class AwsManagedPolicies {
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "AdministratorAccess",
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
          "PowerUserAccess",
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["iam:*",\
          "organizations:*","account:*"],"Resource":"*"}]}""",
          "IAMFullAccess",
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}""",
          "AmazonS3FullAccess",
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*",\
          "s3-object-lambda:*"],"Resource":"*"}]}""");
  private static final Set<String> NAMES_ONLY = Set.of("ReadOnlyAccess", "SecurityAudit");

  private final Arns arns;

  AwsManagedPolicies(Arns arns) {
    this.arns = arns;
  }

  public boolean has(String arn) {
    return name(arn).filter(n -> DOCUMENTS.containsKey(n) || NAMES_ONLY.contains(n)).isPresent();
  }

  public Optional<PolicyDocument> document(String arn) {
    return name(arn)
        .map(DOCUMENTS::get)
        .map(text -> PolicyParser.parse(text, PolicyParser.Kind.PERMISSIONS));
  }

  private Optional<String> name(String arn) {
    return arns.read("iam", arn)
        .filter(a -> a.accountId().filter("aws"::equals).isPresent())
        .map(a -> a.resourceAsString())
        .filter(resource -> resource.startsWith("policy/"))
        .map(Arns::nameOf);
  }
}
