package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;

/**
 * Use of a KMS key of the data-lake account by the roles that the type makes there, for {@code
 * sse-kms}.
 *
 * <p>None of the roles exists before its endpoint does, and KMS refuses a principal that does not
 * exist. So the statement is for the account, on condition that the caller is a role of this type.
 */
public final class KeyUse {

  /** IAM path of the roles, unless the type configuration puts a {@code Path} before it. */
  public static final String ROLE_PATH = "/dms-cross-account-s3-endpoint/";

  private static final List<String> ACTIONS =
      List.of("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey");

  private KeyUse() {}

  /**
   * Lets all roles of the type use the key.
   *
   * @throws IllegalArgumentException where the key is imported, since its policy can't be changed
   *     from here
   */
  public static void grant(IKey key) {
    grant(key, null);
  }

  /** The same for one role, where a name is given that is known before the stack is deployed. */
  static void grant(IKey key, String roleName) {
    var account = key.getEnv().getAccount();
    var statement =
        roleName == null || Token.isUnresolved(roleName)
            ? statement(account)
            : statement(account, ROLE_PATH + roleName).build();
    if (!key.addToResourcePolicy(statement).getStatementAdded()) {
      throw new IllegalArgumentException(
          "The policy of an imported key can't be changed from here: add KeyUse.statement(account)"
              + " to it where the key is made.");
    }
  }

  /**
   * The statement by itself, for the policy of a key that another stack or app makes.
   *
   * @param account the data-lake account, which owns key and roles; may be a token
   */
  public static PolicyStatement statement(String account) {
    return statementUnder(account, ROLE_PATH);
  }

  /**
   * The same where the type configuration puts a {@code Path} before the type's own.
   *
   * @param rolePath the whole path, with a slash at both ends
   */
  public static PolicyStatement statementUnder(String account, String rolePath) {
    return statement(account, rolePath + "*").sid("EncryptFilesOfDmsEndpoints").build();
  }

  /** Statements of one policy must not share an id, so that of a single role has none. */
  private static PolicyStatement.Builder statement(String account, String roles) {
    return PolicyStatement.Builder.create()
        .effect(Effect.ALLOW)
        .principals(List.of(new AccountPrincipal(account)))
        .actions(ACTIONS)
        .resources(List.of("*"))
        .conditions(
            Map.of(
                "ArnLike",
                Map.of(
                    "aws:PrincipalArn",
                    "arn:" + Aws.PARTITION + ":iam::" + account + ":role" + roles)));
  }
}
