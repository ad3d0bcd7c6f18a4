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

/** Ensures the tags of an endpoint: those of template and stack, and the ownership tags. */
public final class EndpointTags implements Step {

  /** Greatest number of tags of an endpoint (DMS User Guide, "Quotas for AWS DMS"). */
  private static final int MAX_TAGS = 50;

  private static final Set<String> TEMPLATE_DEPENDENT =
      Set.of(OwnershipTags.ENVIRONMENT, OwnershipTags.DATA_LAKE_ROLE, OwnershipTags.DMS_ROLE);

  private final Resource resource;
  private final FoundEndpoint found;
  private final Map<String, String> existing;

  /**
   * Creates the step.
   *
   * @param found endpoint; its tags may be older than the last change
   */
  public EndpointTags(Resource resource, FoundEndpoint found) {
    this.resource = resource;
    this.found = found;
    this.existing = found.tags();
  }

  /**
   * Adds the tags of template and stack only. An update that recreates the endpoint does this
   * first, so that nothing has changed where DMS rejects a tag.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     InvalidRequest} where DMS rejects a tag
   */
  public Progress ensureUserTags(Progress progress) {
    add(resource.tags());
    return progress;
  }

  /**
   * Adds, changes and removes tags. It removes only tags that template or stack had before; other
   * tools or people may have set the others. Tags that the update changes are always set, because
   * the answer of DMS may be older than the last change. The stack that updates an endpoint owns it
   * from then on.
   *
   * @throws software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException {@code
   *     InvalidRequest} where DMS rejects a tag; the endpoint then has its previous tags
   */
  @Override
  public Progress run(Progress progress) {
    var desired = new TreeMap<>(resource.tags());
    desired.putAll(resource.managedTags().ofUpdatedEndpoint(found));
    var obsolete = obsolete(desired.keySet());
    if (hasRoomFor(desired.keySet())) {
      add(desired);
      remove(obsolete);
    } else {
      remove(obsolete);
      try {
        add(desired);
      } catch (HandlerException e) {
        restore(obsolete);
        throw e;
      }
    }
    return progress;
  }

  private boolean hasRoomFor(Set<String> keys) {
    var all = new TreeSet<>(existing.keySet());
    all.addAll(keys);
    return all.size() <= MAX_TAGS;
  }

  private void add(Map<String, String> desired) {
    var before = resource.previousTags();
    var missing = new TreeMap<>(desired);
    missing
        .entrySet()
        .removeIf(
            tag ->
                Objects.equals(tag.getValue(), existing.get(tag.getKey()))
                    && Objects.equals(
                        tag.getValue(), before.getOrDefault(tag.getKey(), tag.getValue())));
    if (!missing.isEmpty()) {
      try {
        resource.dms().addTags(resource.names().endpointArn(), TagSet.toDms(missing));
      } catch (AwsCallException e) {
        throw RejectedInput.explain(e, resource).orElseThrow(() -> e);
      }
    }
  }

  private void remove(Set<String> keys) {
    if (!keys.isEmpty()) {
      resource.dms().removeTags(resource.names().endpointArn(), keys);
    }
  }

  private void restore(Set<String> keys) {
    var tags = new TreeMap<>(existing);
    tags.keySet().retainAll(keys);
    if (!tags.isEmpty()) {
      resource.dms().addTags(resource.names().endpointArn(), TagSet.toDms(tags));
    }
  }

  private Set<String> obsolete(Set<String> desired) {
    var obsolete = new TreeSet<>(resource.previousTags().keySet());
    // The template may no longer name a role or an environment.
    existing.keySet().stream().filter(TEMPLATE_DEPENDENT::contains).forEach(obsolete::add);
    obsolete.removeAll(desired);
    return obsolete;
  }
}
