package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ActualSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingMatch;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.SettingsRecord;

/**
 * Difference between an endpoint and its template that only a new endpoint removes.
 *
 * <p>The requested settings are compared with those that DMS shows. A setting that the template no
 * longer has is a difference where it was requested before, which the endpoint's record tells, and
 * where the value in effect is not DMS's default. Extra connection attributes are compared with the
 * record, since DMS does not show all of them; without a record, with those that it shows.
 */
public final class ReplacementDiff {

  private static final String OWNER = "ExpectedBucketOwner";

  private final Resource resource;
  private final ActualSettings actual;
  private final SettingsRecord record;
  private final Optional<ResourceModel> previous;

  private ReplacementDiff(
      Resource resource, FoundEndpoint found, Optional<ResourceModel> previous) {
    this.resource = resource;
    this.actual = found.actual();
    this.record = found.record();
    this.previous = previous;
  }

  /**
   * Compares an endpoint with its template.
   *
   * @param previous the template before; where the endpoint has no record, it tells which settings
   *     and attributes the template no longer has
   * @return the names of the differences, for the user; empty where there are none
   */
  public static Set<String> between(
      Resource resource, FoundEndpoint found, Optional<ResourceModel> previous) {
    var names = new TreeSet<String>();
    if (List.of("failed", "deleting").contains(found.status())) {
      names.add("its status " + found.status());
    }
    if (found.isUnfinished()) {
      names.add("its external id, which was never learned");
    }
    var diff = new ReplacementDiff(resource, found, previous);
    diff.settings().forEach(name -> names.add("S3Settings." + name));
    if (diff.attributesDiffer()) {
      names.add(SettingsRecord.ATTRIBUTES);
    }
    return names;
  }

  private Set<String> settings() {
    var requested = requested(resource, resource.desired());
    var differences = new TreeSet<String>();
    var given = S3SettingsTranslator.values(resource.desired().getS3Settings());
    requested.forEach(
        (name, value) -> {
          if (!actual.has(name, value)
              || (isNotShown(name, value) && isNew(name, given.get(name)))) {
            differences.add(name);
          }
        });
    requestedBefore().stream()
        .filter(name -> !requested.containsKey(name))
        .filter(name -> actual.get(name).filter(v -> !resource.isDefault(name, v)).isPresent())
        .forEach(differences::add);
    return differences;
  }

  /** Returns whether DMS does not show a setting that has no effect on files of this format. */
  private boolean isNotShown(String name, JsonNode value) {
    return actual.get(name).isEmpty() && !resource.isDefault(name, value);
  }

  private boolean isNew(String name, @Nullable JsonNode given) {
    return record.isKnown() && !record.has(name, given);
  }

  private Set<String> requestedBefore() {
    return record.isKnown()
        ? record.settings()
        : previous.map(p -> requested(resource, p).keySet()).orElse(Set.of());
  }

  /**
   * Returns the settings of a template as they are sent to DMS, without the owner of the bucket
   * where the template names none: an imported endpoint may do without.
   */
  private static Map<String, JsonNode> requested(Resource resource, ResourceModel model) {
    var given = model.getS3Settings();
    if (given == null) {
      return Map.of();
    }
    var requested = S3SettingsTranslator.values(resource.asSent(given));
    if (given.getExpectedBucketOwner() == null) {
      requested.remove(OWNER);
    }
    return requested;
  }

  private boolean attributesDiffer() {
    if (resource.keepsAttributes()) {
      return false;
    }
    var requested = resource.attributes();
    if (record.isKnown()) {
      return !record.has(requested);
    }
    return !actual.hasAttributes(requested)
        || previous
            .map(ReplacementDiff::attributes)
            .filter(b -> isRemoved(b, requested))
            .isPresent();
  }

  private boolean isRemoved(ConnectionAttributes before, ConnectionAttributes requested) {
    return before.asMap().entrySet().stream()
        .filter(attribute -> !requested.asMap().containsKey(attribute.getKey()))
        .anyMatch(actual::hasAttribute);
  }

  private static ConnectionAttributes attributes(ResourceModel model) {
    return ConnectionAttributes.parse(model.getExtraConnectionAttributes());
  }

  /**
   * Returns whether a template requests another endpoint than the one before it. A default that one
   * of them leaves out is no change.
   */
  public static boolean between(Resource resource, ResourceModel before) {
    var now = requested(resource, resource.desired());
    var then = requested(resource, before);
    return differ(resource, now, then)
        || differ(resource, then, now)
        || !(resource.keepsAttributes()
            || resource.attributes().asMap().equals(attributes(before).asMap()));
  }

  private static boolean differ(
      Resource resource, Map<String, JsonNode> these, Map<String, JsonNode> those) {
    return these.entrySet().stream()
        .anyMatch(
            setting -> {
              var other = those.get(setting.getKey());
              return other == null
                  ? !resource.isDefault(setting.getKey(), setting.getValue())
                  : !SettingMatch.of(setting.getKey(), other, setting.getValue()).matches();
            });
  }
}
