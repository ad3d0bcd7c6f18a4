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
 * The trust policies of an endpoint's role: DMS may assume it, and nobody else.
 *
 * <p>A finished endpoint's role asks for the external id that DMS gave to the endpoint, which keeps
 * other customers of DMS out (the confused deputy problem, IAM User Guide). Until the id is known
 * the role asks for the account and the endpoints on whose behalf DMS comes: {@code
 * aws:SourceAccount} and {@code aws:SourceArn} (DMS User Guide, "Cross-service confused deputy
 * prevention"; replication engine 3.4.7 and later). Whether DMS sends these keys when {@code
 * CreateEndpoint} checks the role is not documented, so that there is a trust policy without them
 * too, as in the manual procedure.
 */
public final class TrustPolicy {

  private static final String EXTERNAL_ID = "sts:ExternalId";

  private final EndpointNames names;
  private final List<String> servicePrincipals;
  private final boolean keepsSourceConditions;

  /**
   * Creates the trust policies of one endpoint's role.
   *
   * @param servicePrincipals of DMS, at least one
   * @param keepsSourceConditions whether the source conditions stay beside the external id
   */
  public TrustPolicy(
      EndpointNames names, List<String> servicePrincipals, boolean keepsSourceConditions) {
    this.names = names;
    this.servicePrincipals = servicePrincipals;
    this.keepsSourceConditions = keepsSourceConditions;
  }

  /** The document until the external id is known: DMS on behalf of the DMS account only. */
  public String opening() {
    return document(withSource(statement()));
  }

  /** The document where DMS can't use a role with {@link #opening}: DMS on behalf of anybody. */
  public String widened() {
    return document(statement());
  }

  /** The document of a finished endpoint: exactly one statement, with this external id. */
  public String finished(String externalId) {
    var statement = keepsSourceConditions ? withSource(statement()) : statement();
    return document(
        statement.addCondition(IamConditionOperator.STRING_EQUALS, EXTERNAL_ID, externalId));
  }

  /** Whether a role's document says what {@link #opening} says. */
  public boolean isOpening(String document) {
    return PolicyDocuments.sayTheSame(document, opening());
  }

  /** Whether a role's document says what {@link #widened} says. */
  public boolean isWidened(String document) {
    return PolicyDocuments.sayTheSame(document, widened());
  }

  /** Whether a role's document says exactly what {@link #finished} says for this id. */
  public boolean isFinished(String document, String externalId) {
    return PolicyDocuments.sayTheSame(document, finished(externalId));
  }

  /**
   * The external id that a role's document asks DMS for; empty where it asks for none, or for more
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
