package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AssumedRoles;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.ResolvedOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.AccessPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ActualSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * Resource of an invocation: its names, the roles to assume, the desired state and the clients of
 * the two accounts. A client is created when it is first used.
 */
public final class Resource {

  private static final int HASH_LENGTH = 16;
  private static final String BUCKET_OWNER = "ExpectedBucketOwner";

  private final Operation operation;
  private final EndpointNames names;
  private final AssumedRoles roles;
  private final ResolvedOptions options;
  private @Nullable DmsAccount dms;
  private @Nullable DataLakeAccount dataLake;

  /** Creates the resource of an operation. */
  Resource(Operation operation, EndpointNames names, AssumedRoles roles, ResolvedOptions options) {
    this.operation = operation;
    this.names = names;
    this.roles = roles;
    this.options = options;
  }

  /** Returns the names and ARNs of the resource. */
  public EndpointNames names() {
    return names;
  }

  /** Returns the roles that are assumed for the resource. */
  public AssumedRoles roles() {
    return roles;
  }

  /**
   * Returns the facts that are needed to find role and policy when the endpoint no longer exists.
   *
   * @param policyName name of the policy, which may differ from that in the template; null where it
   *     is not known
   */
  public CallbackContext.LocatedResources locatedResources(@Nullable String policyName) {
    return new CallbackContext.LocatedResources(
        roles.dataLakeRoleArn(),
        names.endpointIdentifier(),
        names.roleName(),
        policyName,
        names.path(),
        null);
  }

  /** Returns the options of the type configuration for role and policy. */
  public ResolvedOptions options() {
    return options;
  }

  /** Returns the trust policies of the role. */
  public TrustPolicy trust() {
    return new TrustPolicy(names, options.servicePrincipals(), options.keepsSourceConditions());
  }

  /** Returns the description of role and policy. */
  public String description() {
    return options.description().orElse("Lets AWS DMS write to S3 through " + names.endpointArn());
  }

  /** Returns the document of the policy. */
  public String policyDocument() {
    return AccessPolicy.document(names, settings(), policyOptions());
  }

  /**
   * Returns the value of the policy's tag {@link OwnershipTags#DOCUMENT} for a version that has
   * {@link #policyDocument}.
   */
  public String policyDocumentTag(String versionId) {
    return versionId + "/" + DefaultNames.hash(HASH_LENGTH, policyDocument());
  }

  private AccessPolicy.Options policyOptions() {
    return new AccessPolicy.Options(options.limitsToFolders(), options.allowsDataValidation());
  }

  /** Returns whether a document is equivalent to {@link #policyDocument}. */
  public boolean isPolicyDocument(String document) {
    return AccessPolicy.isFor(document, names, settings(), policyOptions());
  }

  /** Returns whether an update changes the document of the policy. */
  public boolean changesPolicy() {
    return operation
        .previous()
        .map(ResourceModel::getS3Settings)
        .filter(before -> before.getBucketName() != null)
        .map(before -> AccessPolicy.document(names, asSent(before), policyOptions()))
        .filter(before -> !isPolicyDocument(before))
        .isPresent();
  }

  /** Returns whether an update changes or removes the permissions boundary. */
  public boolean changesBoundary() {
    return operation
        .previous()
        .map(ResourceModel::getPermissionsBoundaryArn)
        .filter(before -> !roles.boundary().arn().filter(before::equals).isPresent())
        .isPresent();
  }

  /**
   * Returns the desired extra connection attributes: those of the template, or those that a
   * recreated endpoint had before, where {@link #keepsAttributes}.
   */
  public ConnectionAttributes attributes() {
    var context = operation.context();
    return ConnectionAttributes.parse(
        desired().getExtraConnectionAttributes() == null && context != null
            ? context.keptAttributes()
            : desired().getExtraConnectionAttributes());
  }

  /**
   * Returns whether the endpoint keeps its extra connection attributes. They are write-only, so
   * that a caller that builds an update from a READ, such as Cloud Control, has them neither in the
   * desired nor in the previous model.
   */
  public boolean keepsAttributes() {
    return desired().getExtraConnectionAttributes() == null
        && operation.previous().map(ResourceModel::getExtraConnectionAttributes).isEmpty();
  }

  /** Returns the desired model. */
  public ResourceModel desired() {
    return operation.desired();
  }

  /** Returns whether a value is the default of an S3 setting of this endpoint. */
  public boolean isDefault(String setting, JsonNode value) {
    return setting.equals(BUCKET_OWNER)
        ? value.asText().equals(names.dataLakeAccount())
        : ActualSettings.isDefault(setting, value);
  }

  /**
   * Returns the names of the S3 settings that were sent to DMS and that the endpoint does not have.
   * A missing bucket owner is no difference where it is the account of the service role, which is
   * the default that DMS checks (DMS User Guide, "Using Amazon S3 as a target").
   */
  public Set<String> missingSettings(FoundEndpoint found) {
    var actual = found.actual();
    var missing = new TreeSet<>(actual.missing(settings()));
    if (actual.get(BUCKET_OWNER).isEmpty()
        && names.dataLakeAccount().equals(settings().getExpectedBucketOwner())) {
      missing.remove(BUCKET_OWNER);
    }
    return missing;
  }

  /** Returns the desired S3 settings as they are sent to DMS. */
  public S3Settings settings() {
    return asSent(operation.desired().getS3Settings());
  }

  /** Returns S3 settings of this endpoint as they are sent to DMS. */
  public S3Settings asSent(S3Settings settings) {
    return S3SettingsTranslator.asSent(settings, names);
  }

  /** Returns the tags of stack and template before an update, by key; none for other requests. */
  public Map<String, String> previousTags() {
    return TagSet.desired(
        operation.request().getPreviousResourceTags(),
        operation.previous().map(ResourceModel::getTags).orElse(null));
  }

  /** Returns the desired tags of stack and template, by key. */
  public Map<String, String> tags() {
    return TagSet.desired(operation.request().getDesiredResourceTags(), desired().getTags());
  }

  /** Returns the client of DMS in the endpoint's account. */
  public DmsAccount dms() {
    if (dms == null) {
      dms =
          operation
              .clients()
              .dms(
                  roles.dmsRole().orElse(null),
                  roles.environment(),
                  names.dmsAccount(),
                  names.endpointArn(),
                  names.roleArn());
    }
    return dms;
  }

  /** Returns the client of IAM in the data-lake account. */
  public DataLakeAccount dataLake() {
    if (dataLake == null) {
      dataLake =
          operation
              .clients()
              .dataLake(roles.dataLakeRole().orElseThrow(), roles.environment(), names);
    }
    return dataLake;
  }

  /** Returns the tags that this type sets on endpoint, role and policy. */
  public ManagedTags managedTags() {
    return new ManagedTags(this, operation);
  }

  /** Returns whether tags are those of a part of this resource. */
  boolean isMarked(Map<String, String> tags) {
    return OwnershipTags.match(tags, names.endpointArn());
  }
}
