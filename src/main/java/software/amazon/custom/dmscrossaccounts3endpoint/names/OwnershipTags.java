package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tags by which this type knows what it made. Endpoint, role and policy carry the ARN of the
 * endpoint under {@link #ENDPOINT}; the other tags say who asked for it and which roles were used.
 * None of them shows in the model.
 */
public final class OwnershipTags {

  /**
   * What the IAM path of every role and policy that this type makes ends with; it is the whole path
   * unless the type configuration puts another one before it.
   */
  public static final String PATH = "/dms-cross-account-s3-endpoint/";

  /**
   * What the keys of all marks begin with. DMS refuses keys that begin with {@code dms:}, not
   * these.
   */
  public static final String PREFIX = "dms-cross-account-s3-endpoint:";

  /** The mark: the ARN of the endpoint. */
  public static final String ENDPOINT = PREFIX + "endpoint-arn";

  /**
   * Hash of the idempotency token of the request that made it; on the endpoint also the name of the
   * {@code CreateEndpoint} that did.
   */
  public static final String REQUEST = PREFIX + "request";

  /** Hash of the stack and the logical id of the resource that it was made for. */
  public static final String OWNER = PREFIX + "owner";

  /** On the role: the endpoint's identifier, for when the endpoint is gone. */
  public static final String IDENTIFIER = PREFIX + "endpoint-identifier";

  /**
   * On the policy: the version whose document this type wrote, and a hash of the document. A
   * version never changes (IAM User Guide, "Versioning IAM policies").
   */
  public static final String DOCUMENT = PREFIX + "document";

  /**
   * On role and policy: which of their tags came from the type configuration, by hashes of keys.
   */
  public static final String OPTION_TAGS = PREFIX + "option-tags";

  /** The environment of the type configuration that was used. */
  public static final String ENVIRONMENT = PREFIX + "environment";

  /** Which S3 settings were asked for, and hashes of their values. */
  public static final String ASKED = PREFIX + "asked";

  /**
   * The external id, where DMS does not show it; {@link #UNKNOWN} until the endpoint is finished.
   */
  public static final String EXTERNAL_ID = PREFIX + "external-id";

  /** Value of {@link #EXTERNAL_ID} on an endpoint whose handshake is not finished. */
  public static final String UNKNOWN = "unknown";

  /** The role that was assumed in the data-lake account. */
  public static final String DATA_LAKE_ROLE = PREFIX + "data-lake-role";

  /** The role that was assumed in the DMS account. */
  public static final String DMS_ROLE = PREFIX + "dms-role";

  /** How many of the 50 tags that DMS allows are left for the user. */
  public static final int USER_TAGS = 50 - 10;

  private OwnershipTags() {}

  /**
   * Whether tags carry the mark of this very endpoint. A mark that was copied from another endpoint
   * does not count.
   */
  public static boolean match(Map<String, String> tags, String endpointArn) {
    return endpointArn.equals(tags.get(ENDPOINT));
  }

  /** Whether an IAM path, or the ARN of a role or a policy, is under this type's own path. */
  public static boolean isOwnPath(String pathOrArn) {
    return pathOrArn != null && pathOrArn.contains(PATH);
  }

  /** Whether a tag is one of this type's own. */
  public static boolean isOwnershipTag(String key) {
    return key.startsWith(PREFIX);
  }

  /** The tags that are not this type's own, by key. */
  public static Map<String, String> withoutOwnershipTags(Map<String, String> tags) {
    var others = new TreeMap<>(tags);
    others.keySet().removeIf(OwnershipTags::isOwnershipTag);
    return others;
  }

  /**
   * Any text as a DMS tag value, which may hold only letters, digits, white space and {@code
   * _.:/=+-} (AddTagsToResource, API reference). Every other character, the escape character itself
   * and white space are written as {@code =} and the hexadecimal digits of their UTF-8 bytes:
   * {@code ,} as {@code =2C}.
   */
  public static String encode(String text) {
    var encoded = new StringBuilder();
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      var isPlain = octet > 0 && (Character.isLetterOrDigit(octet) || "_.:/+-".indexOf(octet) >= 0);
      encoded.append(isPlain ? String.valueOf((char) octet) : "=%02X".formatted(octet));
    }
    return encoded.toString();
  }

  /** The text that {@link #encode} made a tag value of. */
  public static String decode(String value) {
    var octets = new ByteArrayOutputStream();
    for (var i = 0; i < value.length(); i++) {
      var hex =
          value.charAt(i) == '=' && i + 2 < value.length() ? value.substring(i + 1, i + 3) : "";
      if (hex.matches("[0-9A-F]{2}")) {
        octets.write(Integer.parseInt(hex, 16));
        i += 2;
      } else {
        octets.writeBytes(value.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return octets.toString(StandardCharsets.UTF_8);
  }
}
