package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.IamFaults;

/**
 * Reads policy documents and refuses what IAM refuses (IAM User Guide, "Grammar of the IAM JSON
 * policy language").
 */
public final class PolicyParser {
  /** What a policy is for decides which elements it must and must not have. */
  public enum Kind {
    TRUST,
    PERMISSIONS,
    /** The policy of a resource that is not a role. */
    RESOURCE
  }

  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final Set<String> STATEMENT_ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Set<String> PRINCIPAL_TYPES =
      Set.of("AWS", "Service", "Federated", "CanonicalUser");
  private static final Pattern ACTION = Pattern.compile("\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+");
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]*");
  private static final Pattern AWS_PRINCIPAL =
      Pattern.compile(
          "\\*|\\d{12}|A[A-Z0-9]{20}"
              + "|arn:aws[a-z-]*:iam::\\d{12}:(root|(role|user)/[^*]+)"
              + "|arn:aws[a-z-]*:sts::\\d{12}:(assumed-role|federated-user)/[^*]+");
  private static final Pattern SERVICE_PRINCIPAL =
      Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PolicyParser() {}

  /**
   * Reads a policy document.
   *
   * @throws AwsFault {@code MalformedPolicyDocument}
   */
  public static PolicyDocument parse(String text, Kind kind) {
    if (!(tree(text) instanceof ObjectNode document)) {
      throw syntax();
    }
    document
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!Set.of("Version", "Id", "Statement").contains(name)) {
                throw syntax();
              }
            });
    var version = document.get("Version");
    if (version != null && !(version.isTextual() && VERSIONS.contains(version.textValue()))) {
      throw syntax();
    }
    var statements = new ArrayList<PolicyStatement>();
    var sids = new HashSet<String>();
    for (var statement : many(document.get("Statement"))) {
      if (!(statement instanceof ObjectNode object)) {
        throw syntax();
      }
      checkSid(object, kind, sids);
      statements.add(statement(object, kind));
    }
    if (statements.isEmpty()) {
      throw syntax();
    }
    return new PolicyDocument(List.copyOf(statements));
  }

  /** The document as a tree, for those who only look at it. */
  public static JsonNode tree(String text) {
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw kindlessMalformed();
    }
  }

  private static AwsFault kindlessMalformed() {
    return IamFaults.malformedPolicy("This policy contains invalid Json");
  }

  private static AwsFault syntax() {
    return IamFaults.malformedPolicy("Syntax errors in policy.");
  }

  private static void checkSid(ObjectNode statement, Kind kind, Set<String> sids) {
    var sid = statement.get("Sid");
    if (sid == null) {
      return;
    }
    // Only trust policies, being resource policies, may have spaces and signs in a Sid.
    if (!sid.isTextual() || (kind != Kind.TRUST && !SID.matcher(sid.textValue()).matches())) {
      throw IamFaults.malformedPolicy(
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
              + " expression [0-9A-Za-z]*");
    }
    if (!sids.add(sid.textValue())) {
      throw IamFaults.malformedPolicy("Statement IDs (SID) in a single policy must be unique.");
    }
  }

  private static PolicyStatement statement(ObjectNode statement, Kind kind) {
    statement
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!STATEMENT_ELEMENTS.contains(name)) {
                throw syntax();
              }
            });
    var effect = statement.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw syntax();
    }
    exactlyOne(statement, "Action", "NotAction", "Policy statement must contain actions.");
    var notPrincipals = statement.has("NotPrincipal");
    if (kind == Kind.TRUST) {
      if (statement.has("Resource") || statement.has("NotResource")) {
        throw IamFaults.malformedPolicy("Has prohibited field Resource");
      }
      exactlyOne(statement, "Principal", "NotPrincipal", "Missing required field Principal");
    } else if (kind == Kind.RESOURCE) {
      exactlyOne(statement, "Principal", "NotPrincipal", "Missing required field Principal");
      exactlyOne(statement, "Resource", "NotResource", "Missing required field Resource");
    } else {
      if (statement.has("Principal") || notPrincipals) {
        throw IamFaults.malformedPolicy("Policy document should not specify a principal.");
      }
      exactlyOne(statement, "Resource", "NotResource", "Policy statement must contain resources.");
    }
    return new PolicyStatement(
        effect.equals("Allow"),
        principals(statement.get(notPrincipals ? "NotPrincipal" : "Principal")),
        notPrincipals,
        actions(statement, kind),
        statement.has("NotAction"),
        resources(statement),
        statement.has("NotResource"),
        conditions(statement.get("Condition")));
  }

  private static void exactlyOne(ObjectNode statement, String one, String other, String missing) {
    if (!statement.has(one) && !statement.has(other)) {
      throw IamFaults.malformedPolicy(missing);
    }
    if (statement.has(one) && statement.has(other)) {
      throw syntax();
    }
  }

  private static List<String> actions(ObjectNode statement, Kind kind) {
    var actions =
        texts(statement.has("Action") ? statement.get("Action") : statement.get("NotAction"));
    if (actions.isEmpty()) {
      throw IamFaults.malformedPolicy("Policy statement must contain actions.");
    }
    for (var action : actions) {
      if (!ACTION.matcher(action).matches()) {
        throw IamFaults.malformedPolicy(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
      if (kind == Kind.TRUST && !action.regionMatches(true, 0, "sts:", 0, 4)) {
        throw IamFaults.malformedPolicy(
            "AssumeRole policy may only specify STS AssumeRole actions.");
      }
    }
    return actions;
  }

  private static List<String> resources(ObjectNode statement) {
    if (!statement.has("Resource") && !statement.has("NotResource")) {
      return List.of();
    }
    var resources =
        texts(statement.has("Resource") ? statement.get("Resource") : statement.get("NotResource"));
    if (resources.isEmpty()) {
      throw IamFaults.malformedPolicy("Policy statement must contain resources.");
    }
    for (var resource : resources) {
      if (!resource.equals("*") && !resource.startsWith("arn:")) {
        throw IamFaults.malformedPolicy(
            "Resource " + resource + " must be in ARN format or \"*\".");
      }
      if (!resource.equals("*") && resource.split(":", 6).length < 6) {
        throw IamFaults.malformedPolicy("The policy failed legacy parsing");
      }
    }
    return resources;
  }

  private static List<PolicyPrincipal> principals(JsonNode node) {
    if (node == null) {
      return List.of();
    }
    if (node.isTextual()) {
      if (!node.textValue().equals("*")) {
        throw syntax();
      }
      return List.of(new PolicyPrincipal("*", "*"));
    }
    if (!(node instanceof ObjectNode object) || object.isEmpty()) {
      throw syntax();
    }
    var principals = new ArrayList<PolicyPrincipal>();
    for (var entry : object.properties()) {
      if (!PRINCIPAL_TYPES.contains(entry.getKey())) {
        throw syntax();
      }
      for (var value : texts(entry.getValue())) {
        checkPrincipal(entry.getKey(), value);
        principals.add(new PolicyPrincipal(entry.getKey(), value));
      }
    }
    if (principals.isEmpty()) {
      throw syntax();
    }
    return List.copyOf(principals);
  }

  private static void checkPrincipal(String type, String value) {
    var fine =
        switch (type) {
          case "AWS" -> AWS_PRINCIPAL.matcher(value).matches();
          case "Service" -> SERVICE_PRINCIPAL.matcher(value).matches();
          default -> true;
        };
    if (!fine) {
      throw IamFaults.malformedPolicy(
          "Invalid principal in policy: \"%s\":\"%s\""
              .formatted(type.equals("Service") ? "SERVICE" : type, value));
    }
  }

  private static List<PolicyCondition> conditions(JsonNode node) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof ObjectNode operators)) {
      throw syntax();
    }
    var conditions = new ArrayList<PolicyCondition>();
    for (var operator : operators.properties()) {
      if (!PolicyCondition.isOperator(operator.getKey())) {
        throw IamFaults.malformedPolicy("Invalid Condition type : " + operator.getKey());
      }
      if (!(operator.getValue() instanceof ObjectNode keys)) {
        throw syntax();
      }
      for (var key : keys.properties()) {
        if (!key.getKey().contains(":")) {
          throw IamFaults.malformedPolicy(
              "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        conditions.add(
            new PolicyCondition(operator.getKey(), key.getKey(), scalars(key.getValue())));
      }
    }
    return List.copyOf(conditions);
  }

  private static Iterable<JsonNode> many(JsonNode node) {
    if (node == null || node.isNull()) {
      return List.of();
    }
    return node.isArray() ? node : List.of(node);
  }

  private static List<String> texts(JsonNode node) {
    var texts = new ArrayList<String>();
    for (var element : many(node)) {
      if (!element.isTextual()) {
        throw syntax();
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  private static List<String> scalars(JsonNode node) {
    var scalars = new ArrayList<String>();
    for (var element : many(node)) {
      if (!element.isValueNode()) {
        throw syntax();
      }
      scalars.add(element.asText());
    }
    return List.copyOf(scalars);
  }
}
