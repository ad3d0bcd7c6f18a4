package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.model.RoleOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * How roles and policies are made for one endpoint, and what differs where AWS does: the options of
 * its environment, over those of the whole type configuration, over the defaults.
 */
public final class ResolvedOptions {

  /** The service principal that DMS documents for S3 targets. */
  static final String DMS = "dms.amazonaws.com";

  private static final int HANDSHAKE_MINUTES = 10;

  private final List<RoleOptions> options;

  /** Takes options in the order of their precedence. */
  ResolvedOptions(Optional<RoleOptions> ofEnvironment, Optional<RoleOptions> ofAll) {
    this.options = Stream.of(ofEnvironment, ofAll).flatMap(Optional::stream).toList();
  }

  /** The service principals of DMS that a role trusts; {@code {region}} stands for the Region. */
  public List<String> servicePrincipals() {
    return first(RoleOptions::getServicePrincipals)
        .map(principals -> principals.stream().sorted().toList())
        .orElse(List.of(DMS));
  }

  /** Whether the trust policy of a finished endpoint has source conditions. */
  public boolean keepsSourceConditions() {
    return first(RoleOptions::getSourceConditions).orElse(false);
  }

  /** Whether a role may trust DMS without source conditions until the external id is known. */
  public boolean allowsFallback() {
    return first(RoleOptions::getTrustFallback).orElse(true);
  }

  /** How long DMS may take until it can use a new role. */
  public Duration handshake() {
    return Duration.ofMinutes(
        first(RoleOptions::getHandshakeTimeoutMinutes).orElse(HANDSHAKE_MINUTES));
  }

  /** The IAM path of what is made, which ends with this type's own. */
  public String path() {
    return first(RoleOptions::getPath).orElse("/") + OwnershipTags.PATH.substring(1);
  }

  /** The description of what is made, where it is not this type's own. */
  public Optional<String> description() {
    return first(RoleOptions::getDescription);
  }

  /** The tags of what is made, besides the marks, by key. */
  public Map<String, String> tags() {
    var tags = new TreeMap<String, String>();
    first(RoleOptions::getTags)
        .ifPresent(list -> list.forEach(tag -> tags.put(tag.getKey(), tag.getValue())));
    return tags;
  }

  /** Whether the policy allows only objects under the folders of the settings. */
  public boolean limitsToFolders() {
    return first(RoleOptions::getLimitToFolders).orElse(false);
  }

  /** Whether the policy allows what the data validation of tasks needs. */
  public boolean allowsDataValidation() {
    return first(RoleOptions::getDataValidation).orElse(false);
  }

  private <T> Optional<T> first(Function<RoleOptions, T> option) {
    return options.stream().map(option).filter(Objects::nonNull).findFirst();
  }
}
