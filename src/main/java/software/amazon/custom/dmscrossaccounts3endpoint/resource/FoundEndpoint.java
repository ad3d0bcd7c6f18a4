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
 * An endpoint that is there.
 *
 * @param endpoint as DMS describes it
 * @param tags its tags; they may be older than the endpoint
 */
public record FoundEndpoint(Endpoint endpoint, Map<String, String> tags) implements EndpointLookup {

  /** The S3 targets among some endpoints of an account, with their tags, by one call. */
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

  /** The role that the endpoint writes with. */
  public Optional<String> serviceRole() {
    return Optional.ofNullable(endpoint.s3Settings()).map(S3Settings::serviceAccessRoleArn);
  }

  /** The role that the endpoint writes with, where this type made it. */
  public Optional<String> ownRole() {
    return serviceRole().filter(OwnershipTags::isOwnPath);
  }

  /** What a mark of the endpoint says. */
  public Optional<String> mark(String key) {
    return Optional.ofNullable(tags.get(key)).map(OwnershipTags::decode);
  }

  /** Its status in lower case; empty where it has none. */
  public String status() {
    return DmsAccount.statusOf(endpoint);
  }

  /**
   * The external id, as DMS shows it or as the tags have it on record; empty where neither does.
   */
  public Optional<String> externalId() {
    return DmsAccount.externalIdOf(endpoint)
        .or(() -> mark(OwnershipTags.EXTERNAL_ID).filter(id -> !id.equals(OwnershipTags.UNKNOWN)));
  }

  /** Whether the endpoint's handshake was cut off before its external id was known. */
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
