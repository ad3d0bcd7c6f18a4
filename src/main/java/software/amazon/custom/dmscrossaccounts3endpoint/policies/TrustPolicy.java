package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Trust policies of an endpoint's role. They allow only DMS to assume it.
 *
 * <p>The role of a finished endpoint requires the external id that DMS assigned to the endpoint. So
 * other customers of DMS cannot use the role (the confused deputy problem, IAM User Guide). Until
 * the id is known, the role requires that DMS acts for the DMS account: {@code aws:SourceAccount}
 * and {@code aws:SourceArn} (DMS User Guide, "Cross-service confused deputy prevention";
 * replication engine 3.4.7 and later). It is not documented that DMS sends these keys when {@code
 * CreateEndpoint} checks the role. For that reason there is also a trust policy without them, as in
 * the manual procedure.
 */
public final class TrustPolicy {

  private static final String EXTERNAL_ID = "sts:ExternalId";

  private final EndpointNames names;
  private final List<String> servicePrincipals;
  private final boolean keepsSourceConditions;

  /**
   * Creates the trust policies of one endpoint's role.
   *
   * @param servicePrincipals service principals of DMS, at least one
   * @param keepsSourceConditions whether the finished policy has the source conditions as well
   */
  public TrustPolicy(
      EndpointNames names, List<String> servicePrincipals, boolean keepsSourceConditions) {
    this.names = names;
    this.servicePrincipals = servicePrincipals;
    this.keepsSourceConditions = keepsSourceConditions;
  }

  /** Returns the document until the external id is known: DMS acting for the DMS account only. */
  public String opening() {
    return document(withSource(statement()));
  }

  /** Returns the document without conditions, for where DMS cannot use {@link #opening}. */
  public String widened() {
    return document(statement());
  }

  /** Returns the document of a finished endpoint: one statement with this external id. */
  public String finished(String externalId) {
    var statement = keepsSourceConditions ? withSource(statement()) : statement();
    return document(
        statement.addCondition(IamConditionOperator.STRING_EQUALS, EXTERNAL_ID, externalId));
  }

  /** Returns whether a role's document is equivalent to {@link #opening}. */
  public boolean isOpening(String document) {
    return PolicyDocuments.sayTheSame(document, opening());
  }

  /** Returns whether a role's document is equivalent to {@link #widened}. */
  public boolean isWidened(String document) {
    return PolicyDocuments.sayTheSame(document, widened());
  }

  /** Returns whether a role's document is equivalent to {@link #finished} for this id. */
  public boolean isFinished(String document, String externalId) {
    return PolicyDocuments.sayTheSame(document, finished(externalId));
  }

  /**
   * Returns the external id that a role's document requires; empty where it requires none, or more
   * than one.
   */
  public static Optional<String> externalIdIn(String document) {
    var ids =
        PolicyDocuments.tree(document)
            .map(tree -> tree.findValues(EXTERNAL_ID))
            .orElse(List.of())
            .stream()
            .flatMap(TrustPolicy::texts)
            .distinct()
            .toList();
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }

  private static Stream<String> texts(JsonNode values) {
    return values.isArray()
        ? StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText)
        : Stream.of(values.asText());
  }

  private IamStatement.Builder statement() {
    var statement = IamStatement.builder().effect(IamEffect.ALLOW).addAction("sts:AssumeRole");
    servicePrincipals.forEach(
        principal ->
            statement.addPrincipal(
                IamPrincipalType.SERVICE, principal.replace("{region}", names.region())));
    return statement;
  }

  private IamStatement.Builder withSource(IamStatement.Builder statement) {
    return statement
        .addCondition(IamConditionOperator.STRING_EQUALS, "aws:SourceAccount", names.dmsAccount())
        .addCondition(IamConditionOperator.ARN_LIKE, "aws:SourceArn", names.anyOfDms());
  }

  private static String document(IamStatement.Builder statement) {
    return IamPolicy.builder().addStatement(statement.build()).build().toJson();
  }
}
