package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.RespelledSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.TagSet;

/**
 * Brings the tags of an endpoint that is there to the desired state: the user's tags and the marks.
 */
public final class EndpointTags {

  private final Resource resource;
  private final FoundEndpoint found;
  private final Map<String, String> held;

  /**
   * Creates the step.
   *
   * @param found the endpoint; its tags may be older than the last change
   */
  public EndpointTags(Resource resource, FoundEndpoint found) {
    this.resource = resource;
    this.found = found;
    this.held = found.tags();
  }

  /**
   * Adds, changes and removes what differs. Only what the template or the stack asked for before is
   * removed: other tags are those of tools and people. What the update itself changes is set
   * whatever DMS shows, since that may be older than what is taken back. What was recorded when the
   * endpoint was made stays; the stack that updates it owns it from then on.
   */
  public Progress bring(Progress progress) {
    var wanted = new TreeMap<>(resource.tags());
    wanted.putAll(resource.endpointMarks());
    wanted.putAll(
        found.held().respelled(resource.desired().getS3Settings(), resource.attributes()).toTags());
    var arn = resource.names().endpointArn();
    // An endpoint has at most 50 tags: make room first.
    var removed = removed(wanted.keySet());
    if (!removed.isEmpty()) {
      resource.dms().removeTags(arn, removed);
    }
    var before = resource.previousTags();
    wanted
        .entrySet()
        .removeIf(
            tag ->
                Objects.equals(tag.getValue(), held.get(tag.getKey()))
                    && Objects.equals(
                        tag.getValue(), before.getOrDefault(tag.getKey(), tag.getValue())));
    if (!wanted.isEmpty()) {
      resource.dms().addTags(arn, TagSet.toDms(wanted));
    }
    return progress;
  }

  private Set<String> removed(Set<String> wanted) {
    var removed = new TreeSet<>(resource.previousTags().keySet());
    // A role or an environment that the template no longer names, a spelling that it has adopted.
    held.keySet().stream().filter(EndpointTags::followsTemplate).forEach(removed::add);
    removed.removeAll(wanted);
    return removed;
  }

  private static boolean followsTemplate(String key) {
    return RespelledSettings.isPart(key)
        || Set.of(Marks.ENVIRONMENT, Marks.DATA_LAKE_ROLE, Marks.DMS_ROLE).contains(key);
  }
}
