package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** Translates tags between the model, DMS and IAM. */
public final class TagSet {

  private TagSet() {}

  /**
   * Returns the desired tags of an endpoint by key: those of the stack and those of the template,
   * which take precedence. Tags of CloudFormation are left out, because DMS rejects keys that begin
   * with {@code aws:} (AddTagsToResource, API reference).
   *
   * @param ofRequest tags of stack and resource, or null
   * @param ofModel tags of the template, or null
   */
  public static Map<String, String> desired(
      @Nullable Map<String, String> ofRequest, @Nullable Set<Tag> ofModel) {
    var tags = new TreeMap<String, String>();
    if (ofRequest != null) {
      ofRequest.forEach(
          (key, value) -> {
            if (!key.startsWith("aws:")) {
              tags.put(key, value);
            }
          });
    }
    tags.putAll(ofModel(ofModel));
    return tags;
  }

  /** Returns the tags of a model by key. */
  public static Map<String, String> ofModel(@Nullable Set<Tag> tags) {
    var byKey = new TreeMap<String, String>();
    if (tags != null) {
      tags.stream()
          .filter(Objects::nonNull)
          .forEach(t -> byKey.put(t.getKey(), t.getValue() == null ? "" : t.getValue()));
    }
    return byKey;
  }

  /** Returns the tags of an endpoint for a model, without ownership tags; null for none. */
  public static @Nullable Set<Tag> toModel(Map<String, String> tags) {
    var model = new LinkedHashSet<Tag>();
    OwnershipTags.withoutOwnershipTags(tags)
        .forEach(
            (key, value) -> {
              if (!key.startsWith("aws:")) {
                model.add(new Tag().withKey(key).withValue(value));
              }
            });
    return model.isEmpty() ? null : model;
  }

  /** Returns the tags for a request to DMS. */
  public static List<software.amazon.awssdk.services.databasemigration.model.Tag> toDms(
      Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(
            t ->
                software.amazon.awssdk.services.databasemigration.model.Tag.builder()
                    .key(t.getKey())
                    .value(t.getValue())
                    .build())
        .toList();
  }

  /** Returns the tags for a request to IAM. */
  public static List<software.amazon.awssdk.services.iam.model.Tag> toIam(
      Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(
            t ->
                software.amazon.awssdk.services.iam.model.Tag.builder()
                    .key(t.getKey())
                    .value(t.getValue())
                    .build())
        .toList();
  }
}
