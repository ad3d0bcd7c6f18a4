package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.custom.dmscrossaccounts3endpoint.model.AllowedBucket;
import software.amazon.custom.dmscrossaccounts3endpoint.model.RoleOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * How roles and policies are made for one endpoint, and what differs where AWS does: the options of
 * its environment, over those of the whole type configuration, over the defaults. Where several
 * environments apply, each restriction of any of them holds; all else comes from the first.
 */
public final class ResolvedOptions {

  /** The service principal that DMS documents for S3 targets. */
  static final String DMS = "dms.amazonaws.com";

  private static final int HANDSHAKE_MINUTES = 10;

  private final List<List<RoleOptions>> environments;

  /**
   * Creates the options of an endpoint.
   *
   * @param environments for each environment that applies its options in the order of their
   *     precedence; at least one
   */
  ResolvedOptions(List<List<RoleOptions>> environments) {
    this.environments = environments;
  }

  /** The service principals of DMS that a role trusts; {@code {region}} stands for the Region. */
  public List<String> servicePrincipals() {
    return first(RoleOptions::getServicePrincipals)
        .map(principals -> principals.stream().sorted().toList())
        .orElse(List.of(DMS));
  }

  /** Whether the trust policy of a finished endpoint has source conditions. */
  public boolean keepsSourceConditions() {
    return isAny(RoleOptions::getSourceConditions, true);
  }

  /** Whether a role may trust DMS without source conditions until the external id is known. */
  public boolean allowsFallback() {
    return !isAny(RoleOptions::getTrustFallback, false);
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
    return isAny(RoleOptions::getLimitToFolders, true);
  }

  /** Whether the policy allows what the data validation of tasks needs. */
  public boolean allowsDataValidation() {
    return each(RoleOptions::getDataValidation).size() == environments.size()
        && !isAny(RoleOptions::getDataValidation, false);
  }

  /** Returns the lists of the buckets that are allowed; a bucket must be in each of them. */
  public List<Set<AllowedBucket>> buckets() {
    return each(RoleOptions::getBuckets);
  }

  /** Returns whether endpoints may write to some folders of a bucket only. */
  public boolean limitsToPrefix(String bucket) {
    return buckets().stream()
        .map(list -> list.stream().filter(entry -> entry.getBucketName().equals(bucket)).toList())
        .anyMatch(
            entries -> !entries.isEmpty() && entries.stream().allMatch(e -> e.getPrefix() != null));
  }

  /** Returns the lists of the KMS keys that are allowed; a key must be in each of them. */
  public List<Set<String>> kmsKeys() {
    return each(RoleOptions::getKmsKeys);
  }

  /** Returns the lists of the canned ACLs that are allowed; an ACL must be in each of them. */
  public List<Set<String>> cannedAcls() {
    return each(RoleOptions::getCannedAcls);
  }

  /** Returns whether a Glue catalog may be kept. */
  public boolean allowsGlueCatalog() {
    return !isAny(RoleOptions::getGlueCatalog, false);
  }

  private <T> Optional<T> first(Function<RoleOptions, T> option) {
    return first(environments.get(0), option);
  }

  private static <T> Optional<T> first(List<RoleOptions> options, Function<RoleOptions, T> option) {
    return options.stream().map(option).filter(Objects::nonNull).findFirst();
  }

  /** Returns what each environment says that says anything. */
  private <T> List<T> each(Function<RoleOptions, T> option) {
    return environments.stream().flatMap(options -> first(options, option).stream()).toList();
  }

  private boolean isAny(Function<RoleOptions, Boolean> option, boolean value) {
    return each(option).contains(value);
  }
}
