package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.IamFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Paging;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Arns;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Constraints, spellings and habits that all IAM operations share (IAM service model). */
public final class IamRules {
  static final int MOST_TAGS = 50;
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("(/)|(/[\\x21-\\x7E]+/)");
  private static final Pattern PATH_PREFIX = Pattern.compile("/[\\x21-\\x7F]*");
  private static final Pattern DOCUMENT = Pattern.compile("[\\t\\n\\r\\x20-\\u00FF]+");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final Pattern VERSION_ID = Pattern.compile("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");

  private IamRules() {}

  /** Whether an action only reads. */
  static boolean isRead(String action) {
    return action.startsWith("iam:Get") || action.startsWith("iam:List");
  }

  static String roleName(Parameters parameters) {
    return parameters.text("RoleName").required().length(1, 64).matching(NAME).value();
  }

  static String policyName(Parameters parameters) {
    return parameters.text("PolicyName").required().length(1, 128).matching(NAME).value();
  }

  static String path(Parameters parameters) {
    return parameters.text("Path").length(1, 512).matching(PATH).orElse("/");
  }

  static String pathPrefix(Parameters parameters) {
    return parameters.text("PathPrefix").length(1, 512).matching(PATH_PREFIX).orElse("/");
  }

  static String versionId(Parameters parameters) {
    return parameters.text("VersionId").required().matching(VERSION_ID).value();
  }

  static String document(Parameters parameters, String name) {
    return parameters.text(name).required().length(1, 131072).matching(DOCUMENT).value();
  }

  static String policyArn(Parameters parameters, Arns arns) {
    var arn = parameters.text("PolicyArn").required().length(20, 2048).value();
    if (arns.read("iam", arn).filter(a -> a.resourceAsString().startsWith("policy/")).isEmpty()) {
      throw IamFaults.invalidInput("ARN " + arn + " is not valid.");
    }
    return arn;
  }

  static Map<String, String> tags(Parameters parameters) {
    var tags = parameters.tags("Tags");
    if (tags.size() > MOST_TAGS) {
      throw parameters.broken(
          "Tags", "[...]", "Member must have length less than or equal to " + MOST_TAGS);
    }
    var keys = new HashSet<String>();
    for (var tag : tags) {
      if (tag.getKey().isEmpty()
          || tag.getKey().length() > 128
          || !TAG.matcher(tag.getKey()).matches()) {
        throw parameters.broken(
            "tags.member.key",
            tag.getKey(),
            "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+ and"
                + " have a length of 1 to 128");
      }
      if (tag.getValue().length() > 256 || !TAG.matcher(tag.getValue()).matches()) {
        throw parameters.broken(
            "tags.member.value",
            tag.getValue(),
            "Member must satisfy regular expression pattern: "
                + TAG.pattern()
                + " and have a length of at most 256");
      }
      if (tag.getKey().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw IamFaults.invalidInput(
            "Tag keys that begin with 'aws:' are reserved for AWS use: " + tag.getKey());
      }
      if (!keys.add(tag.getKey().toLowerCase(Locale.ROOT))) {
        throw IamFaults.invalidInput(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return Parameters.asMap(tags);
  }

  /** The tags with others laid over them; keys are the same regardless of case. */
  static Map<String, String> merge(Map<String, String> there, Map<String, String> added) {
    var merged = new LinkedHashMap<>(there);
    added.forEach(
        (key, value) -> {
          merged.keySet().removeIf(key::equalsIgnoreCase);
          merged.put(key, value);
        });
    if (merged.size() > MOST_TAGS) {
      throw IamFaults.limitExceeded(
          "The number of tags has reached the maximum limit of " + MOST_TAGS + ".");
    }
    return merged;
  }

  static Map<String, String> without(Map<String, String> there, List<String> keys) {
    var left = new LinkedHashMap<>(there);
    keys.forEach(key -> left.keySet().removeIf(key::equalsIgnoreCase));
    return left;
  }

  /** IAM counts a document's characters without white space. */
  /** As users report it: "Partition … is not valid for resource". */
  static void checkPartitions(String document, String partition) {
    PolicyParser.tree(document).findValues("Resource").stream()
        .flatMap(
            node ->
                node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node))
        .map(JsonNode::asText)
        .filter(resource -> resource.startsWith("arn:"))
        .filter(resource -> !resource.split(":", 3)[1].equals(partition))
        .findFirst()
        .ifPresent(
            resource -> {
              throw IamFaults.malformedPolicy(
                  "Partition \"%s\" is not valid for resource \"%s\"."
                      .formatted(resource.split(":", 3)[1], resource));
            });
  }

  static void checkSize(String document, int most, String quota) {
    if (document.replaceAll("\\s", "").length() > most) {
      throw IamFaults.limitExceeded("Cannot exceed quota for " + quota + ": " + most);
    }
  }

  /** Documents come back percent-encoded as RFC 3986 says. */
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void addTags(ObjectNode answer, Map<String, String> tags) {
    var list = answer.putArray("Tags");
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
  }

  /** One page of a listing, in IAM's way of saying whether there is more. */
  static <T> ObjectNode page(
      World world,
      Parameters parameters,
      String member,
      List<T> all,
      Function<T, ? extends JsonNode> shape) {
    var size = Math.min(parameters.number("MaxItems", 1, 1000, 100), world.options().largestPage());
    var marker = parameters.text("Marker").length(1, 320).value();
    var page = Paging.of(all, marker, size, () -> parameters.invalid("Invalid Marker."));
    var answer = object();
    var list = answer.putArray(member);
    page.items().forEach(item -> list.add(shape.apply(item)));
    answer.put("IsTruncated", page.next() != null);
    if (page.next() != null) {
      answer.put("Marker", page.next());
    }
    return answer;
  }
}
