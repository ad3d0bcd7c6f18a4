package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ActualSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingsRecord;

/**
 * Endpoint that DMS shows.
 *
 * @param endpoint description of the endpoint
 * @param tags tags of the endpoint; they may be older than the description
 */
public record FoundEndpoint(Endpoint endpoint, Map<String, String> tags) implements EndpointLookup {

  /**
   * Returns the S3 targets among endpoints of an account, with their tags, which it gets in one
   * call.
   */
  public static List<FoundEndpoint> s3TargetsAmong(DmsAccount dms, List<Endpoint> endpoints) {
    var targets = endpoints.stream().filter(DmsAccount::isS3Target).toList();
    if (targets.isEmpty()) {
      return List.of();
    }
    var tags = dms.tagsOfAll(targets.stream().map(Endpoint::endpointArn).toList());
    return targets.stream()
        .map(e -> new FoundEndpoint(e, tags.getOrDefault(e.endpointArn(), Map.of())))
        .toList();
  }

  /** Returns the ARN of the role with which the endpoint writes. */
  public Optional<String> serviceRole() {
    return Optional.ofNullable(endpoint.s3Settings()).map(S3Settings::serviceAccessRoleArn);
  }

  /**
   * Returns the ARN of the role with which the endpoint writes, where this type created the role.
   */
  public Optional<String> ownRole() {
    return serviceRole().filter(OwnershipTags::isOwnPath);
  }

  /** Returns the decoded value of an ownership tag. */
  public Optional<String> mark(String key) {
    return Optional.ofNullable(tags.get(key)).map(OwnershipTags::decode);
  }

  /** Returns the status in lower case; empty where DMS shows none. */
  public String status() {
    return DmsAccount.statusOf(endpoint);
  }

  /** Returns the external id that DMS shows, or else the one in the ownership tags. */
  public Optional<String> externalId() {
    return DmsAccount.externalIdOf(endpoint)
        .or(() -> mark(OwnershipTags.EXTERNAL_ID).filter(id -> !id.equals(OwnershipTags.UNKNOWN)));
  }

  /** Returns whether the handshake was interrupted before the external id was known. */
  public boolean isUnfinished() {
    return externalId().isEmpty() && mark(OwnershipTags.EXTERNAL_ID).isPresent();
  }

  /** Returns the settings that DMS shows. */
  public ActualSettings actual() {
    return S3SettingsTranslator.actual(endpoint.s3Settings(), endpoint.extraConnectionAttributes());
  }

  /** Returns the record of the settings that were requested. */
  public SettingsRecord record() {
    return SettingsRecord.decode(tags.get(OwnershipTags.ASKED));
  }
}
