package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/** Brings the tags of an endpoint to the desired state: the user's and the ownership tags. */
public final class EndpointTags implements Step {

  /** Quotas for AWS DMS (user guide). */
  private static final int MOST_TAGS = 50;

  private static final Set<String> FOLLOW_TEMPLATE =
      Set.of(OwnershipTags.ENVIRONMENT, OwnershipTags.DATA_LAKE_ROLE, OwnershipTags.DMS_ROLE);

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
   * Sets the tags that the user wants, and nothing else. It is the first change of an update that
   * recreates the endpoint: nothing has changed where DMS refuses a tag.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     InvalidRequest} where DMS refuses a tag
   */
  public Progress ensureUserTags(Progress progress) {
    add(resource.tags());
    return progress;
  }

  /**
   * Adds, changes and removes tags. Only tags that the template or the stack asked for before are
   * removed: others are those of tools and people. Tags that the update itself changes are set
   * whatever DMS shows, since its answer may be older than the last change. The stack that updates
   * an endpoint owns it from then on.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     InvalidRequest} where DMS refuses a tag; the endpoint then has the tags that it had
   */
  @Override
  public Progress run(Progress progress) {
    var wanted = new TreeMap<>(resource.tags());
    wanted.putAll(resource.updateMarks(found));
    var removed = removed(wanted.keySet());
    if (isRoomFor(wanted.keySet())) {
      add(wanted);
      remove(removed);
    } else {
      remove(removed);
      try {
        add(wanted);
      } catch (HandlerException e) {
        putBack(removed);
        throw e;
      }
    }
    return progress;
  }

  private boolean isRoomFor(Set<String> keys) {
    var all = new TreeSet<>(held.keySet());
    all.addAll(keys);
    return all.size() <= MOST_TAGS;
  }

  private void add(Map<String, String> wanted) {
    var before = resource.previousTags();
    var missing = new TreeMap<>(wanted);
    missing
        .entrySet()
        .removeIf(
            tag ->
                Objects.equals(tag.getValue(), held.get(tag.getKey()))
                    && Objects.equals(
                        tag.getValue(), before.getOrDefault(tag.getKey(), tag.getValue())));
    if (!missing.isEmpty()) {
      try {
        resource.dms().addTags(resource.names().endpointArn(), TagSet.toDms(missing));
      } catch (AwsCallException e) {
        throw RefusedInput.explained(e, resource).orElseThrow(() -> e);
      }
    }
  }

  private void remove(Set<String> keys) {
    if (!keys.isEmpty()) {
      resource.dms().removeTags(resource.names().endpointArn(), keys);
    }
  }

  private void putBack(Set<String> keys) {
    var tags = new TreeMap<>(held);
    tags.keySet().retainAll(keys);
    if (!tags.isEmpty()) {
      resource.dms().addTags(resource.names().endpointArn(), TagSet.toDms(tags));
    }
  }

  private Set<String> removed(Set<String> wanted) {
    var removed = new TreeSet<>(resource.previousTags().keySet());
    // A role or an environment that the template no longer names.
    held.keySet().stream().filter(FOLLOW_TEMPLATE::contains).forEach(removed::add);
    removed.removeAll(wanted);
    return removed;
  }
}
