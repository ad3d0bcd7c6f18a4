package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags on the resources that this type creates. Endpoint, role and policy have the ARN of the
 * endpoint under {@link #ENDPOINT}; the other tags record the request and the roles that were used.
 * The model shows none of them.
 */
public final class OwnershipTags {

  /**
   * End of the IAM path of every role and policy that this type creates. It is the whole path
   * unless the type configuration has a prefix.
   */
  public static final String PATH = "/dms-cross-account-s3-endpoint/";

  /** Prefix of all keys. DMS rejects keys that begin with {@code dms:}, but not these. */
  public static final String PREFIX = "dms-cross-account-s3-endpoint:";

  /** ARN of the endpoint; the resource is owned by this type where it has this tag. */
  public static final String ENDPOINT = PREFIX + "endpoint-arn";

  /**
   * Hash of the idempotency token of the request that created the resource; on the endpoint also
   * the name of its {@code CreateEndpoint}.
   */
  public static final String REQUEST = PREFIX + "request";

  /** Hash of the stack and the logical id for which the resource was created. */
  public static final String OWNER = PREFIX + "owner";

  /** On the role: the endpoint's identifier, for the time after the endpoint's deletion. */
  public static final String IDENTIFIER = PREFIX + "endpoint-identifier";

  /**
   * On the policy: the version that this type wrote, and a hash of its document. A version never
   * changes (IAM User Guide, "Versioning IAM policies").
   */
  public static final String DOCUMENT = PREFIX + "document";

  /** On role and policy: hashes of the keys of the tags from the type configuration. */
  public static final String OPTION_TAGS = PREFIX + "option-tags";

  /** Environment of the type configuration that was used. */
  public static final String ENVIRONMENT = PREFIX + "environment";

  /** Names of the requested S3 settings, and hashes of their values. */
  public static final String ASKED = PREFIX + "asked";

  /** External id, where DMS does not show it; {@link #UNKNOWN} until the handshake is finished. */
  public static final String EXTERNAL_ID = PREFIX + "external-id";

  /** Value of {@link #EXTERNAL_ID} on an endpoint whose handshake is not finished. */
  public static final String UNKNOWN = "unknown";

  /** Role that was assumed in the data-lake account. */
  public static final String DATA_LAKE_ROLE = PREFIX + "data-lake-role";

  /** Role that was assumed in the DMS account. */
  public static final String DMS_ROLE = PREFIX + "dms-role";

  /** Number of tags that the user can set, of the 50 that DMS allows. */
  public static final int USER_TAGS = 50 - 10;

  private OwnershipTags() {}

  /**
   * Returns whether tags have the ARN of this endpoint under {@link #ENDPOINT}. A tag that was
   * copied from another endpoint does not match.
   */
  public static boolean match(Map<String, String> tags, String endpointArn) {
    return endpointArn.equals(tags.get(ENDPOINT));
  }

  /** Returns whether an IAM path or ARN is under this type's own path. */
  public static boolean isOwnPath(String pathOrArn) {
    return pathOrArn != null && pathOrArn.contains(PATH);
  }

  /** Returns whether a key is that of an ownership tag. */
  public static boolean isOwnershipTag(String key) {
    return key.startsWith(PREFIX);
  }

  /** Returns the tags that are not ownership tags, by key. */
  public static Map<String, String> withoutOwnershipTags(Map<String, String> tags) {
    var others = new TreeMap<>(tags);
    others.keySet().removeIf(OwnershipTags::isOwnershipTag);
    return others;
  }

  /**
   * Returns a text as a DMS tag value, which may contain only letters, digits, white space and
   * {@code _.:/=+-} (AddTagsToResource, API reference). White space, the escape character {@code =}
   * and every other character are written as {@code =} and the hexadecimal digits of their UTF-8
   * bytes: {@code ,} as {@code =2C}.
   */
  public static String encode(String text) {
    var encoded = new StringBuilder();
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      var isPlain = octet > 0 && (Character.isLetterOrDigit(octet) || "_.:/+-".indexOf(octet) >= 0);
      encoded.append(isPlain ? String.valueOf((char) octet) : "=%02X".formatted(octet));
    }
    return encoded.toString();
  }

  /** Returns the text of a tag value that {@link #encode} returned. */
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
