package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.Action;
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
import software.amazon.custom.dmscrossaccounts3endpoint.settings.OptionTagKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingsRecord;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * The resource that an invocation is about: its names, its roles, what it should be, and the two
 * accounts it lives in. The sessions of the accounts are opened when they are first used.
 */
public final class Resource {

  private static final int HASH = 16;
  private static final String ATTEMPT = "/";
  private static final String OWNER = "ExpectedBucketOwner";

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

  /** Every name and ARN of it. */
  public EndpointNames names() {
    return names;
  }

  /** The roles that are assumed for it. */
  public AssumedRoles roles() {
    return roles;
  }

  /**
   * What finds its role and policy again when the endpoint is gone.
   *
   * @param policyName name of the policy, which may be another than the template's
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

  /** How its role and policy are made. */
  public ResolvedOptions options() {
    return options;
  }

  /** The trust policies of its role. */
  public TrustPolicy trust() {
    return new TrustPolicy(names, options.servicePrincipals(), options.keepsSourceConditions());
  }

  /** The description of its role and its policy. */
  public String description() {
    return options.description().orElse("Lets AWS DMS write to S3 through " + names.endpointArn());
  }

  /** The document of its policy. */
  public String policyDocument() {
    return AccessPolicy.document(names, settings(), policyOptions());
  }

  /** What is on record of a version of its policy that has {@link #policyDocument}. */
  public String policyRecord(String versionId) {
    return versionId + "/" + DefaultNames.hash(HASH, policyDocument());
  }

  private AccessPolicy.Options policyOptions() {
    return new AccessPolicy.Options(folders(), options.allowsDataValidation());
  }

  private AccessPolicy.Folders folders() {
    if (options.limitsToPrefix(settings().getBucketName())) {
      return AccessPolicy.Folders.BUCKET_FOLDER;
    }
    return options.limitsToFolders() ? AccessPolicy.Folders.OF_SETTINGS : AccessPolicy.Folders.ANY;
  }

  /** Whether a document says what that of its policy says. */
  public boolean isPolicyDocument(String document) {
    return AccessPolicy.isFor(document, names, settings(), policyOptions());
  }

  /** Whether an update asks for another policy than the template before it. */
  public boolean changesPolicy() {
    return operation
        .previous()
        .map(ResourceModel::getS3Settings)
        .filter(before -> before.getBucketName() != null)
        .map(before -> AccessPolicy.document(names, asSent(before), policyOptions()))
        .filter(before -> !isPolicyDocument(before))
        .isPresent();
  }

  /** Whether an update asks for another boundary than the template before it. */
  public boolean changesBoundary() {
    return operation
        .previous()
        .map(ResourceModel::getPermissionsBoundaryArn)
        .filter(before -> !roles.boundary().arn().filter(before::equals).isPresent())
        .isPresent();
  }

  /**
   * Returns the extra connection attributes that the endpoint should have: those of the template,
   * or those that an endpoint that is recreated had, where {@link #keepsAttributes}.
   */
  public ConnectionAttributes attributes() {
    var context = operation.context();
    return ConnectionAttributes.parse(
        desired().getExtraConnectionAttributes() == null && context != null
            ? context.keptAttributes()
            : desired().getExtraConnectionAttributes());
  }

  /**
   * Returns whether the endpoint keeps the extra connection attributes that it has. They are
   * write-only: a caller that builds its update from a READ, as Cloud Control does, has them
   * neither in the desired nor in the previous model.
   */
  public boolean keepsAttributes() {
    return desired().getExtraConnectionAttributes() == null
        && operation.previous().map(ResourceModel::getExtraConnectionAttributes).isEmpty();
  }

  /** What the template says. */
  public ResourceModel desired() {
    return operation.desired();
  }

  /** Returns whether an S3 setting of this endpoint has this value where it is not given. */
  public boolean isDefault(String setting, JsonNode value) {
    return setting.equals(OWNER)
        ? value.asText().equals(names.dataLakeAccount())
        : ActualSettings.isDefault(setting, value);
  }

  /**
   * Returns the names of the S3 settings that were sent to DMS and that the endpoint does not have.
   * DMS checks the owner of the bucket even where it does not show one: by default it is the
   * account of the service role (DMS User Guide, "Using Amazon S3 as a target").
   */
  public Set<String> missingSettings(FoundEndpoint found) {
    var actual = found.actual();
    var missing = new TreeSet<>(actual.missing(settings()));
    if (actual.get(OWNER).isEmpty()
        && names.dataLakeAccount().equals(settings().getExpectedBucketOwner())) {
      missing.remove(OWNER);
    }
    return missing;
  }

  /** Returns the S3 settings of the template as they are sent to DMS. */
  public S3Settings settings() {
    return asSent(operation.desired().getS3Settings());
  }

  /** Returns S3 settings of another template of this endpoint as they would be sent to DMS. */
  public S3Settings asSent(S3Settings settings) {
    return S3SettingsTranslator.asSent(settings, names);
  }

  /**
   * The tags that the template and the stack asked for before an update, by key; none where there
   * was nothing before.
   */
  public Map<String, String> previousTags() {
    return TagSet.desired(
        operation.request().getPreviousResourceTags(),
        operation.previous().map(ResourceModel::getTags).orElse(null));
  }

  /** The tags that the user wants: those of the stack and those of the template. */
  public Map<String, String> tags() {
    return TagSet.desired(operation.request().getDesiredResourceTags(), desired().getTags());
  }

  /** The DMS of the endpoint's account. */
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

  /** The IAM of the data-lake account. */
  public DataLakeAccount dataLake() {
    if (dataLake == null) {
      dataLake =
          operation
              .clients()
              .dataLake(roles.dataLakeRole().orElseThrow(), roles.environment(), names);
    }
    return dataLake;
  }

  /** The tags of the role and the policy: those of the type configuration, and the marks. */
  public Map<String, String> accessTags() {
    var configured = options.tags();
    var tags = new TreeMap<>(configured);
    tags.putAll(commonMarks());
    if (!configured.isEmpty()) {
      tags.put(OwnershipTags.OPTION_TAGS, OptionTagKeys.encode(configured.keySet()));
    }
    tags.put(OwnershipTags.REQUEST, requestMark());
    tags.put(OwnershipTags.IDENTIFIER, names.endpointIdentifier());
    return tags;
  }

  /**
   * What a role or a policy that is there lacks of these tags, so that the marks of all three
   * agree. The request that made it stays on record, and so does the identifier that was asked for.
   */
  public Map<String, String> missingAccessTags(Map<String, String> held) {
    var missing = new TreeMap<>(accessTags());
    missing.keySet().removeAll(Set.of(OwnershipTags.REQUEST, OwnershipTags.IDENTIFIER));
    missing.entrySet().removeIf(tag -> tag.getValue().equals(held.get(tag.getKey())));
    return missing;
  }

  /**
   * Returns the keys of tags that a role or a policy has from the type configuration and that are
   * no longer in it. Only an update removes them. Tags of tools and people are never among them.
   */
  public Set<String> obsoleteAccessTags(Map<String, String> held) {
    var obsolete = new TreeSet<String>();
    if (operation.action() == Action.UPDATE) {
      var record = held.get(OwnershipTags.OPTION_TAGS);
      held.keySet().stream()
          .filter(
              key -> key.equals(OwnershipTags.OPTION_TAGS) || OptionTagKeys.contains(record, key))
          .forEach(obsolete::add);
      obsolete.removeAll(accessTags().keySet());
    }
    return obsolete;
  }

  private Map<String, String> commonMarks() {
    var marks = new TreeMap<String, String>();
    marks.put(OwnershipTags.ENDPOINT, names.endpointArn());
    ownerMark(operation).ifPresent(owner -> marks.put(OwnershipTags.OWNER, owner));
    return marks;
  }

  /**
   * The marks of an endpoint that is created.
   *
   * @param attempt name of the {@code CreateEndpoint} that does it
   */
  public Map<String, String> creationMarks(String attempt) {
    var marks = endpointMarks(SettingsRecord.of(desired().getS3Settings(), attributes()));
    marks.put(OwnershipTags.REQUEST, requestMark() + ATTEMPT + attempt);
    marks.put(OwnershipTags.EXTERNAL_ID, OwnershipTags.UNKNOWN);
    return marks;
  }

  /** Whether tags say that an endpoint was created by this very {@code CreateEndpoint}. */
  public boolean isOfAttempt(Map<String, String> tags, @Nullable String attempt) {
    return attempt != null
        && tags.getOrDefault(OwnershipTags.REQUEST, "").endsWith(ATTEMPT + attempt);
  }

  /** Returns the ownership tags of an endpoint that is updated in place. */
  public Map<String, String> updateMarks(FoundEndpoint found) {
    var settings = desired().getS3Settings();
    return endpointMarks(
        SettingsRecord.of(settings, attributes())
            .updating(
                settings,
                operation.previous().map(ResourceModel::getS3Settings).orElse(null),
                this::isDefault,
                found.record(),
                keepsAttributes()));
  }

  private Map<String, String> endpointMarks(SettingsRecord record) {
    var marks = commonMarks();
    marks.put(OwnershipTags.ASKED, record.encoded());
    roles
        .dataLakeRole()
        .ifPresent(arn -> marks.put(OwnershipTags.DATA_LAKE_ROLE, OwnershipTags.encode(arn)));
    roles.dmsRole().ifPresent(arn -> marks.put(OwnershipTags.DMS_ROLE, OwnershipTags.encode(arn)));
    roles.environment().ifPresent(e -> marks.put(OwnershipTags.ENVIRONMENT, e));
    return marks;
  }

  /** Whether tags say that something is part of this resource. */
  boolean isMarked(Map<String, String> tags) {
    return OwnershipTags.match(tags, names.endpointArn());
  }

  /** Whether tags say that something was made by this very request. */
  boolean isOfThisRequest(Map<String, String> tags) {
    var mark = tags.getOrDefault(OwnershipTags.REQUEST, "");
    return isMarked(tags)
        && (mark.equals(requestMark()) || mark.startsWith(requestMark() + ATTEMPT));
  }

  private String requestMark() {
    var request = operation.request();
    return request.getClientRequestToken() == null
        ? DefaultNames.hash(HASH, request.getStackId(), request.getLogicalResourceIdentifier())
        : DefaultNames.hash(HASH, request.getClientRequestToken());
  }

  /** Says for which resource of which stack a request is; empty outside of a stack. */
  static Optional<String> ownerMark(Operation operation) {
    var request = operation.request();
    return Optional.ofNullable(request.getStackId())
        .map(stack -> DefaultNames.hash(HASH, stack, request.getLogicalResourceIdentifier()));
  }
}
