package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.OptionTagKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingsRecord;

/**
 * Tags that this type sets on the parts of a resource: {@link OwnershipTags} on endpoint, role and
 * policy, and the tags of the type configuration on role and policy.
 */
public final class ManagedTags {

  private static final int HASH_LENGTH = 16;
  private static final String ATTEMPT_SEPARATOR = "/";

  private final Resource resource;
  private final Operation operation;

  /** Creates the tags of a resource for an operation. */
  ManagedTags(Resource resource, Operation operation) {
    this.resource = resource;
    this.operation = operation;
  }

  /** Returns the tags of role and policy. */
  public Map<String, String> ofAccess() {
    var configured = resource.options().tags();
    var tags = new TreeMap<>(configured);
    tags.putAll(common());
    if (!configured.isEmpty()) {
      tags.put(OwnershipTags.OPTION_TAGS, OptionTagKeys.encode(configured.keySet()));
    }
    tags.put(OwnershipTags.REQUEST, requestTag());
    tags.put(OwnershipTags.IDENTIFIER, resource.names().endpointIdentifier());
    return tags;
  }

  /**
   * Returns the tags that an existing role or policy does not have. The tags of the request that
   * created it and of the requested identifier are never changed.
   */
  public Map<String, String> missingOfAccess(Map<String, String> existing) {
    var missing = new TreeMap<>(ofAccess());
    missing.keySet().removeAll(Set.of(OwnershipTags.REQUEST, OwnershipTags.IDENTIFIER));
    missing.entrySet().removeIf(tag -> tag.getValue().equals(existing.get(tag.getKey())));
    return missing;
  }

  /**
   * Returns the keys of tags that an existing role or policy has from the type configuration and
   * that are no longer configured. Only an update removes them. Tags that other tools or people
   * have set are never among them.
   */
  public Set<String> obsoleteOfAccess(Map<String, String> existing) {
    var obsolete = new TreeSet<String>();
    if (operation.action() == Action.UPDATE) {
      var record = existing.get(OwnershipTags.OPTION_TAGS);
      existing.keySet().stream()
          .filter(
              key -> key.equals(OwnershipTags.OPTION_TAGS) || OptionTagKeys.contains(record, key))
          .forEach(obsolete::add);
      obsolete.removeAll(ofAccess().keySet());
    }
    return obsolete;
  }

  private Map<String, String> common() {
    var tags = new TreeMap<String, String>();
    tags.put(OwnershipTags.ENDPOINT, resource.names().endpointArn());
    ownerTag(operation).ifPresent(owner -> tags.put(OwnershipTags.OWNER, owner));
    return tags;
  }

  /**
   * Returns the ownership tags of a new endpoint.
   *
   * @param attempt name of the {@code CreateEndpoint} that creates it
   */
  public Map<String, String> ofNewEndpoint(String attempt) {
    var tags =
        ofEndpoint(SettingsRecord.of(resource.desired().getS3Settings(), resource.attributes()));
    tags.put(OwnershipTags.REQUEST, requestTag() + ATTEMPT_SEPARATOR + attempt);
    tags.put(OwnershipTags.EXTERNAL_ID, OwnershipTags.UNKNOWN);
    return tags;
  }

  /** Returns the ownership tags of an endpoint that is updated in place. */
  public Map<String, String> ofUpdatedEndpoint(FoundEndpoint found) {
    var settings = resource.desired().getS3Settings();
    return ofEndpoint(
        SettingsRecord.of(settings, resource.attributes())
            .updating(
                settings,
                operation.previous().map(ResourceModel::getS3Settings).orElse(null),
                resource::isDefault,
                found.record(),
                resource.keepsAttributes()));
  }

  private Map<String, String> ofEndpoint(SettingsRecord record) {
    var roles = resource.roles();
    var tags = common();
    tags.put(OwnershipTags.ASKED, record.encoded());
    roles
        .dataLakeRole()
        .ifPresent(arn -> tags.put(OwnershipTags.DATA_LAKE_ROLE, OwnershipTags.encode(arn)));
    roles.dmsRole().ifPresent(arn -> tags.put(OwnershipTags.DMS_ROLE, OwnershipTags.encode(arn)));
    roles.environment().ifPresent(e -> tags.put(OwnershipTags.ENVIRONMENT, e));
    return tags;
  }

  /** Returns whether tags are those of an endpoint that this {@code CreateEndpoint} created. */
  public boolean isFromAttempt(Map<String, String> tags, @Nullable String attempt) {
    return attempt != null
        && tags.getOrDefault(OwnershipTags.REQUEST, "").endsWith(ATTEMPT_SEPARATOR + attempt);
  }

  /** Returns whether tags are those of a part of this resource that this request created. */
  boolean isFromThisRequest(Map<String, String> tags) {
    var tag = tags.getOrDefault(OwnershipTags.REQUEST, "");
    return resource.isMarked(tags)
        && (tag.equals(requestTag()) || tag.startsWith(requestTag() + ATTEMPT_SEPARATOR));
  }

  private String requestTag() {
    var request = operation.request();
    return request.getClientRequestToken() == null
        ? DefaultNames.hash(
            HASH_LENGTH, request.getStackId(), request.getLogicalResourceIdentifier())
        : DefaultNames.hash(HASH_LENGTH, request.getClientRequestToken());
  }

  /** Returns the hash of the stack and the logical id of a request; empty without a stack. */
  static Optional<String> ownerTag(Operation operation) {
    var request = operation.request();
    return Optional.ofNullable(request.getStackId())
        .map(
            stack -> DefaultNames.hash(HASH_LENGTH, stack, request.getLogicalResourceIdentifier()));
  }
}
