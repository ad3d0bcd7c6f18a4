package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.TagSet;

/**
 * Brings the tags of an endpoint that is there to the desired state: the user's tags and the marks.
 */
public final class EndpointTags {

  private final Resource resource;
  private final Map<String, String> held;

  /**
   * Creates the step.
   *
   * @param held the tags that the endpoint has
   */
  public EndpointTags(Resource resource, Map<String, String> held) {
    this.resource = resource;
    this.held = held;
  }

  /**
   * Adds, changes and removes what differs. The request that made the endpoint stays on record; the
   * stack that updates it owns it from then on.
   */
  public Progress bring(Progress progress) {
    var wanted = new TreeMap<>(resource.tags());
    wanted.putAll(resource.endpointMarks());
    if (held.containsKey(Marks.REQUEST)) {
      wanted.put(Marks.REQUEST, held.get(Marks.REQUEST));
    }
    var removed =
        held.keySet().stream()
            .filter(key -> !wanted.containsKey(key) && !key.startsWith("aws:"))
            .toList();
    wanted.entrySet().removeIf(t -> Objects.equals(t.getValue(), held.get(t.getKey())));
    var arn = resource.names().endpointArn();
    // An endpoint has at most 50 tags: make room first.
    if (!removed.isEmpty()) {
      resource.dms().removeTags(arn, removed);
    }
    if (!wanted.isEmpty()) {
      resource.dms().addTags(arn, TagSet.toDms(wanted));
    }
    return progress;
  }
}
