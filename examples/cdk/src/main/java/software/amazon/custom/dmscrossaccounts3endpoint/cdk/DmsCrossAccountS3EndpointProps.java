package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnTag;

/** Properties of DmsCrossAccountS3Endpoint. */
public final class DmsCrossAccountS3EndpointProps implements Values {

  private final Map<String, Object> values;
  private final List<CfnTag> tags;

  private DmsCrossAccountS3EndpointProps(Builder builder) {
    values = builder.values.complete();
    tags = builder.tags;
  }

  /** A builder without any property. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Map<String, Object> values() {
    return values;
  }

  /** The tags, which the CDK adds its own to. */
  List<CfnTag> tags() {
    return tags;
  }

  /** Takes the properties one by one; what is null is left out. */
  public static final class Builder {

    private final PropertyValues values = new PropertyValues("The endpoint");
    private List<CfnTag> tags = List.of();

    private Builder() {}

    /**
     * Identifier of the endpoint in DMS. Default: generated from the names of the stack and of the
     * resource.
     *
     * <p>Update requires: replacement.
     */
    public Builder endpointIdentifier(String endpointIdentifier) {
      values.put("EndpointIdentifier", endpointIdentifier);
      values.checkLength("EndpointIdentifier", 1, 255);
      values.checkPattern("EndpointIdentifier", "^(?!.*--)(?!.*-$)[a-zA-Z][a-zA-Z0-9-]*$");
      return this;
    }

    /**
     * Last part of the endpoint's ARN. Default: EndpointIdentifier where it has at most 31
     * characters, otherwise a shortened form of it with a hash.
     *
     * <p>Update requires: replacement.
     */
    public Builder resourceIdentifier(String resourceIdentifier) {
      values.put("ResourceIdentifier", resourceIdentifier);
      values.checkLength("ResourceIdentifier", 1, 31);
      values.checkPattern("ResourceIdentifier", "^(?!.*--)(?!.*-$)[a-zA-Z][a-zA-Z0-9-]*$");
      return this;
    }

    /**
     * Name of an entry in the type configuration that says which roles to assume. What the template
     * says itself takes precedence. Default: DefaultEnvironment of the type configuration, if it
     * has one.
     *
     * <p>Update requires: replacement.
     */
    public Builder environment(String environment) {
      values.put("Environment", environment);
      values.checkLength("Environment", 1, 64);
      values.checkPattern("Environment", "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$");
      return this;
    }

    /**
     * Role that is assumed in the data-lake account to manage the endpoint's IAM role and policy.
     * Required here or through Environment. A role of another account replaces the resource.
     *
     * <p>Update requires: no interruption or replacement.
     */
    public Builder dataLakeRoleArn(String dataLakeRoleArn) {
      values.put("DataLakeRoleArn", dataLakeRoleArn);
      values.checkLength("DataLakeRoleArn", 20, 256);
      values.checkPattern(
          "DataLakeRoleArn", "^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$");
      return this;
    }

    /**
     * Role that is assumed in the DMS account to manage the endpoint. Default: through Environment;
     * without one the execution role of the type, and the DMS account is the account of the stack.
     * A role of another account replaces the resource.
     *
     * <p>Update requires: no interruption or replacement.
     */
    public Builder dmsRoleArn(String dmsRoleArn) {
      values.put("DmsRoleArn", dmsRoleArn);
      values.checkLength("DmsRoleArn", 20, 256);
      values.checkPattern("DmsRoleArn", "^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$");
      return this;
    }

    /**
     * Name of the IAM role in the data-lake account. Default: derived from ResourceIdentifier.
     *
     * <p>Update requires: replacement.
     */
    public Builder roleName(String roleName) {
      values.put("RoleName", roleName);
      values.checkLength("RoleName", 1, 64);
      values.checkPattern("RoleName", "^[\\w+=,.@-]+$");
      return this;
    }

    /**
     * Name of the IAM policy in the data-lake account. Default: derived from ResourceIdentifier.
     *
     * <p>Update requires: replacement.
     */
    public Builder policyName(String policyName) {
      values.put("PolicyName", policyName);
      values.checkLength("PolicyName", 1, 128);
      values.checkPattern("PolicyName", "^[\\w+=,.@-]+$");
      return this;
    }

    /**
     * Policy that is set as the permissions boundary of the created role. Default: through
     * Environment.
     *
     * <p>Update requires: no interruption.
     */
    public Builder permissionsBoundaryArn(String permissionsBoundaryArn) {
      values.put("PermissionsBoundaryArn", permissionsBoundaryArn);
      values.checkLength("PermissionsBoundaryArn", 20, 2048);
      values.checkPattern(
          "PermissionsBoundaryArn",
          "^arn:aws[a-zA-Z-]*:iam::([0-9]{12}|aws):policy/[\\w+=,.@/-]+$");
      return this;
    }

    /**
     * Settings of an S3 target: the S3Settings of the DMS API without the service role, which this
     * type makes itself.
     *
     * <p>Required. Update requires: some interruptions.
     */
    public Builder s3Settings(S3SettingsProperty s3Settings) {
      values.put("S3Settings", s3Settings);
      return this;
    }

    /**
     * Further settings of the endpoint, as name=value pairs separated by semicolons.
     *
     * <p>Write-only: not returned when the resource is read. Update requires: some interruptions.
     */
    public Builder extraConnectionAttributes(String extraConnectionAttributes) {
      values.put("ExtraConnectionAttributes", extraConnectionAttributes);
      values.checkLength("ExtraConnectionAttributes", 1, 4096);
      return this;
    }

    /**
     * Tests the connection after the endpoint was created or recreated. A failed test fails the
     * operation.
     *
     * <p>Write-only: not returned when the resource is read. Update requires: no interruption.
     */
    public Builder connectionTest(ConnectionTestProperty connectionTest) {
      values.put("ConnectionTest", connectionTest);
      return this;
    }

    /**
     * Tags of the endpoint.
     *
     * <p>Update requires: no interruption.
     */
    public Builder tags(List<CfnTag> tags) {
      this.tags = tags == null ? List.of() : List.copyOf(tags);
      return this;
    }

    /**
     * The properties.
     *
     * @throws IllegalArgumentException where one that is required is missing
     */
    public DmsCrossAccountS3EndpointProps build() {
      values.require("S3Settings", "s3Settings");
      return new DmsCrossAccountS3EndpointProps(this);
    }
  }
}
