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
 * Differences between an endpoint and its template that require a new endpoint.
 *
 * <p>The requested settings are compared with those that DMS shows. A setting that was removed from
 * the template is a difference where the endpoint's record has it and where DMS shows another value
 * than the default. Extra connection attributes are compared with the record, because DMS does not
 * show all of them. Without a record they are compared with those that DMS shows.
 */
public final class ReplacementDiff {

  private static final String BUCKET_OWNER = "ExpectedBucketOwner";

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
   * @param previous previous template; where the endpoint has no record, its settings and
   *     attributes are compared instead
   * @return names of the differences for the user; empty where there are none
   */
  public static Set<String> between(
      Resource resource, FoundEndpoint found, Optional<ResourceModel> previous) {
    var names = new TreeSet<String>();
    if (List.of("failed", "deleting").contains(found.status())) {
      names.add("its status " + found.status());
    }
    if (found.isUnfinished()) {
      names.add("its external id, which is not known");
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
          if (!actual.has(name, value) || (isHidden(name, value) && isNew(name, given.get(name)))) {
            differences.add(name);
          }
        });
    requestedBefore().stream()
        .filter(name -> !requested.containsKey(name))
        .filter(name -> actual.get(name).filter(v -> !resource.isDefault(name, v)).isPresent())
        .forEach(differences::add);
    return differences;
  }

  /**
   * Returns whether DMS does not show a setting with a value other than the default. Where the
   * endpoint has the value all the same, it has no effect on files of this format.
   */
  private boolean isHidden(String name, JsonNode value) {
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
   * Returns the settings of a template as they are sent to DMS, without the bucket owner where the
   * template names none: an imported endpoint may have none.
   */
  private static Map<String, JsonNode> requested(Resource resource, ResourceModel model) {
    var given = model.getS3Settings();
    if (given == null) {
      return Map.of();
    }
    var requested = S3SettingsTranslator.values(resource.asSent(given));
    if (given.getExpectedBucketOwner() == null) {
      requested.remove(BUCKET_OWNER);
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
   * Returns whether a template requires another endpoint than the previous one. A default that only
   * one of them has is no difference.
   */
  public static boolean between(Resource resource, ResourceModel before) {
    var now = requested(resource, resource.desired());
    var previous = requested(resource, before);
    return differ(resource, now, previous)
        || differ(resource, previous, now)
        || !(resource.keepsAttributes()
            || resource.attributes().asMap().equals(attributes(before).asMap()));
  }

  private static boolean differ(
      Resource resource, Map<String, JsonNode> some, Map<String, JsonNode> others) {
    return some.entrySet().stream()
        .anyMatch(
            setting -> {
              var other = others.get(setting.getKey());
              return other == null
                  ? !resource.isDefault(setting.getKey(), setting.getValue())
                  : !SettingMatch.of(setting.getKey(), other, setting.getValue()).matches();
            });
  }
}
