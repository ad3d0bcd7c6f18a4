package software.amazon.custom.dmscrossaccounts3endpoint.names;

import java.util.Map;
import java.util.TreeMap;

/**
 * The tags by which this type knows what it made. Endpoint, role and policy carry the ARN of the
 * endpoint under {@link #ENDPOINT}; the other tags say who asked for it and which roles were used.
 * None of them shows in the model.
 */
public final class Marks {

  /** The IAM path of every role and policy that this type makes. */
  public static final String PATH = "/dms-cross-account-s3-endpoint/";

  /**
   * What the keys of all marks begin with. DMS refuses keys that begin with {@code dms:}, not
   * these.
   */
  public static final String PREFIX = "dms-cross-account-s3-endpoint:";

  /** The mark: the ARN of the endpoint. */
  public static final String ENDPOINT = PREFIX + "endpoint-arn";

  /** Hash of the idempotency token of the request that made it. */
  public static final String REQUEST = PREFIX + "request";

  /** Hash of the stack and the logical id of the resource that it was made for. */
  public static final String OWNER = PREFIX + "owner";

  /** On the role: the endpoint's identifier, for when the endpoint is gone. */
  public static final String IDENTIFIER = PREFIX + "endpoint-identifier";

  /** The environment of the type configuration that was used. */
  public static final String ENVIRONMENT = PREFIX + "environment";

  /** Which S3 settings were asked for; DMS returns its defaults for the others. */
  public static final String SETTINGS = PREFIX + "settings";

  /** The role that was assumed in the data-lake account. */
  public static final String DATA_LAKE_ROLE = PREFIX + "data-lake-role";

  /** The role that was assumed in the DMS account. */
  public static final String DMS_ROLE = PREFIX + "dms-role";

  /** How many of the 50 tags that DMS allows are left for the user. */
  public static final int TAGS_LEFT = 50 - 7;

  private Marks() {}

  /**
   * Whether tags carry the mark of this very endpoint. A mark that was copied from another endpoint
   * does not count.
   */
  public static boolean areOn(Map<String, String> tags, String endpointArn) {
    return endpointArn.equals(tags.get(ENDPOINT));
  }

  /** Whether a tag is one of this type's own. */
  public static boolean isMark(String key) {
    return key.startsWith(PREFIX);
  }

  /** The tags that are not this type's own, by key. */
  public static Map<String, String> withoutMarks(Map<String, String> tags) {
    var others = new TreeMap<>(tags);
    others.keySet().removeIf(Marks::isMark);
    return others;
  }

  /**
   * A role's ARN as a DMS tag value. A role's name may hold {@code ,} and {@code @}, which a DMS
   * tag value may not; they and the escape character itself are written as {@code =2C}, {@code =40}
   * and {@code =3D}.
   */
  public static String encode(String arn) {
    return arn.replace("=", "=3D").replace(",", "=2C").replace("@", "=40");
  }

  /** The role's ARN that {@link #encode} made a tag value of. */
  public static String decode(String value) {
    return value.replace("=2C", ",").replace("=40", "@").replace("=3D", "=");
  }
}
