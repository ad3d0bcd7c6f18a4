package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.proxy.OperationStatus;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ModelReader.Reading;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * Last step of a create or an update: reads the model that is returned, and waits until AWS shows
 * all changes.
 */
public final class Stabilize implements Step {

  static final Duration LIMIT = Duration.ofMinutes(2);

  private final ResourceFinder finder;
  private final Resource resource;
  private final EmulatorMode emulatorMode;
  private @Nullable Reading reading;

  /**
   * Creates the step.
   *
   * @param emulatorMode whether AWS is an emulator
   */
  public Stabilize(ResourceFinder finder, Resource resource, EmulatorMode emulatorMode) {
    this.finder = finder;
    this.resource = resource;
    this.emulatorMode = emulatorMode;
  }

  /** Reads the resource, and waits where the answers may be old. */
  @Override
  public Progress run(Progress progress) {
    var arn = resource.names().endpointArn();
    var found = finder.find(arn).found();
    reading = found.map(f -> new ModelReader(finder.of(arn, f), f).read(attached(f))).orElse(null);
    var isTagged = found.map(FoundEndpoint::tags).filter(this::hasDesiredTags).isPresent();
    if (reading != null && reading.complete() && isTagged && !isOld(found, progress)) {
      return progress;
    }
    if (reading != null && progress.age() >= LIMIT.toSeconds()) {
      // The difference may be a change that somebody else has made meanwhile.
      return progress;
    }
    return progress.waitFor(
        Wait.of(
            "Waiting for AWS to show all changes",
            LIMIT,
            "AWS did not show the endpoint %s".formatted(arn)));
  }

  /** Returns the ARN of the policy that this operation has attached to the endpoint's own role. */
  private Optional<String> attached(FoundEndpoint found) {
    var names = resource.names();
    return found.serviceRole().filter(names.roleArn()::equals).map(arn -> names.policyArn());
  }

  /** Returns whether an answer is older than a change of this operation. */
  private boolean isOld(Optional<FoundEndpoint> found, Progress progress) {
    var isActive = found.filter(f -> f.status().equals("active")).isPresent();
    return (!isActive && !emulatorMode.emulated())
        || lacksExternalId(progress.context())
        || lacksBoundary()
        || mayBeDeletedEndpoint(found, progress);
  }

  /** Returns whether AWS does not show the external id that was written to the trust policy. */
  private boolean lacksExternalId(CallbackContext context) {
    return context.trustedId() != null
        && reading != null
        && !context.trustedId().equals(reading.model().getExternalId());
  }

  /** Returns whether IAM shows the endpoint's own role with another boundary than desired. */
  private boolean lacksBoundary() {
    return reading != null
        && resource.names().roleArn().equals(reading.model().getServiceAccessRoleArn())
        && !resource
            .roles()
            .boundary()
            .arn()
            .equals(Optional.ofNullable(reading.model().getPermissionsBoundaryArn()));
  }

  private boolean mayBeDeletedEndpoint(Optional<FoundEndpoint> found, Progress progress) {
    return progress.mayBeOld(progress.context().endpointDeletedAt())
        && found.filter(f -> resource.missingSettings(f).isEmpty()).isEmpty();
  }

  private boolean hasDesiredTags(Map<String, String> tags) {
    return OwnershipTags.withoutOwnershipTags(tags)
        .entrySet()
        .containsAll(resource.tags().entrySet());
  }

  /**
   * Returns the event that ends the operation, after {@link #run}. Its model has the desired tags
   * only; a read also shows tags that other tools or people have set.
   */
  public ProgressEvent<ResourceModel, CallbackContext> success(Progress progress) {
    var model = Objects.requireNonNull(reading, "the resource was not read").model();
    model.setTags(TagSet.toModel(resource.tags()));
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .resourceModel(model)
        .status(OperationStatus.SUCCESS)
        .build();
  }
}
