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
 * The last look of a create or an update, which is the model that is returned: not before AWS shows
 * everything that was made, and the tags as they were set.
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
   * @param emulatorMode what is accepted of an AWS that is not AWS
   */
  public Stabilize(ResourceFinder finder, Resource resource, EmulatorMode emulatorMode) {
    this.finder = finder;
    this.resource = resource;
    this.emulatorMode = emulatorMode;
  }

  /** Looks. */
  @Override
  public Progress run(Progress progress) {
    var arn = resource.names().endpointArn();
    var found = finder.find(arn).found();
    reading = found.map(f -> new ModelReader(finder.of(arn, f), f).read(attached(f))).orElse(null);
    var tagged = found.map(FoundEndpoint::tags).filter(this::asWanted).isPresent();
    if (reading != null && reading.whole() && tagged && !isOld(found, progress)) {
      return progress;
    }
    if (reading != null && progress.age() >= LIMIT.toSeconds()) {
      // Somebody else may have changed them meanwhile.
      return progress;
    }
    return progress.waitFor(
        Wait.of(
            "Waiting for AWS to show what was made",
            LIMIT,
            "The endpoint %s was made and not shown".formatted(arn)));
  }

  /** The policy that this operation has attached to the endpoint's own role. */
  private Optional<String> attached(FoundEndpoint found) {
    var names = resource.names();
    return found.serviceRole().filter(names.roleArn()::equals).map(arn -> names.policyArn());
  }

  /** Whether the answer is older than the endpoint's becoming active, or than the endpoint. */
  private boolean isOld(Optional<FoundEndpoint> found, Progress progress) {
    var isActive = found.filter(f -> f.status().equals("active")).isPresent();
    return (!isActive && !emulatorMode.emulated())
        || isWithoutId(progress.context())
        || isWithoutBoundary()
        || mayBeTheLast(found, progress);
  }

  /** Whether the id that the trust policy was brought to is shown nowhere yet. */
  private boolean isWithoutId(CallbackContext context) {
    return context.trustedId() != null
        && reading != null
        && reading.model().getExternalId() == null;
  }

  /** Whether the endpoint's own role is shown with another boundary than it was given. */
  private boolean isWithoutBoundary() {
    return reading != null
        && resource.names().roleArn().equals(reading.model().getServiceAccessRoleArn())
        && !resource
            .roles()
            .boundary()
            .arn()
            .equals(Optional.ofNullable(reading.model().getPermissionsBoundaryArn()));
  }

  private boolean mayBeTheLast(Optional<FoundEndpoint> found, Progress progress) {
    return progress.mayBeOld(progress.context().endpointDeletedAt())
        && found.filter(f -> resource.missingSettings(f).isEmpty()).isEmpty();
  }

  private boolean asWanted(Map<String, String> tags) {
    return OwnershipTags.withoutOwnershipTags(tags)
        .entrySet()
        .containsAll(resource.tags().entrySet());
  }

  /**
   * The event that ends the operation, after a look. Of the tags it has those that were asked for;
   * a read shows those of tools and people as well.
   */
  public ProgressEvent<ResourceModel, CallbackContext> success(Progress progress) {
    var model = Objects.requireNonNull(reading, "nothing was looked at").model();
    model.setTags(TagSet.toModel(resource.tags()));
    return ProgressEvent.<ResourceModel, CallbackContext>builder()
        .resourceModel(model)
        .status(OperationStatus.SUCCESS)
        .build();
  }
}
