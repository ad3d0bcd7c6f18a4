package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import java.util.Optional;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * The trust policy of an endpoint's role: DMS may assume it, and only with the external id that it
 * gave to the endpoint, which keeps other customers of DMS out (the confused deputy problem, IAM
 * User Guide).
 */
public final class TrustPolicy {

  /** The service principal of DMS; the same in every partition. */
  private static final String DMS = "dms.amazonaws.com";

  private TrustPolicy() {}

  /**
   * The document.
   *
   * @param externalId of the endpoint; empty only until DMS has given one
   */
  public static String document(Optional<String> externalId) {
    var statement =
        IamStatement.builder()
            .effect(IamEffect.ALLOW)
            .addPrincipal(IamPrincipalType.SERVICE, DMS)
            .addAction("sts:AssumeRole");
    externalId.ifPresent(
        id -> statement.addCondition(IamConditionOperator.STRING_EQUALS, "sts:ExternalId", id));
    return IamPolicy.builder().addStatement(statement.build()).build().toJson();
  }

  /** Whether a role's document says exactly what {@link #document} says for this id. */
  public static boolean isFor(String document, Optional<String> externalId) {
    return PolicyDocuments.sayTheSame(document, document(externalId));
  }
}
