package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CfnResourceProps;
import software.amazon.awscdk.ITaggableV2;
import software.amazon.awscdk.ResolutionTypeHint;
import software.amazon.awscdk.TagManager;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/**
 * An AWS DMS target endpoint that writes to an Amazon S3 bucket in another account, together with
 * the IAM role and policy that it needs there.
 */
public class DmsCrossAccountS3Endpoint extends CfnResource implements ITaggableV2 {

  /** The name that the type is registered under. */
  public static final String TYPE_NAME = "AWS::Custom::DmsCrossAccountS3Endpoint";

  /** SHA-256 of the schema that this class was written from. */
  public static final String SCHEMA_SHA256 =
      "848f999291cdb8af28086f721833cafbc31127377b4ddacc32f77a3f92a7867d";

  private final TagManager tags;
  private final String roleName;

  /** Declares an endpoint. */
  public DmsCrossAccountS3Endpoint(
      Construct scope, String id, DmsCrossAccountS3EndpointProps props) {
    super(scope, id, CfnResourceProps.builder().type(TYPE_NAME).properties(props.values()).build());
    roleName = (String) props.values().get("RoleName");
    tags = EndpointTags.manager(TYPE_NAME, "Tags", props.tags());
  }

  /** What {@code Tags.of} adds to. */
  @Override
  public TagManager getCdkTagManager() {
    return tags;
  }

  /**
   * Lets the role of this endpoint use a key of the data-lake account for {@code sse-kms}: all
   * roles of the type, or the one role where {@code RoleName} is given. Nothing of this stack is
   * referred to, so the key may be in a stack of another account.
   *
   * @throws IllegalArgumentException where the key is imported, since its policy can't be changed
   *     from here; see {@link KeyUse#statement}
   */
  public void grantKeyUse(IKey key) {
    KeyUse.grant(key, roleName);
  }

  /** ARN of the endpoint. It does not change when the endpoint is recreated. */
  public String getAttrEndpointArn() {
    return getRef();
  }

  /**
   * External id that DMS gave to the endpoint; the trust policy of the created role asks for it.
   */
  public String getAttrExternalId() {
    return getAtt("ExternalId", ResolutionTypeHint.STRING).toString();
  }

  /** ARN of the IAM role in the data-lake account that DMS writes with. */
  public String getAttrServiceAccessRoleArn() {
    return getAtt("ServiceAccessRoleArn", ResolutionTypeHint.STRING).toString();
  }

  /** ARN of the IAM policy in the data-lake account. */
  public String getAttrPolicyArn() {
    return getAtt("PolicyArn", ResolutionTypeHint.STRING).toString();
  }

  /** Status of the endpoint in DMS. */
  public String getAttrStatus() {
    return getAtt("Status", ResolutionTypeHint.STRING).toString();
  }
}
