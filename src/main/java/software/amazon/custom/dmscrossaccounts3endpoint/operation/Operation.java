package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import java.util.Optional;
import lombok.With;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AccountClients;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;

/**
 * One invocation of one handler: the request of CloudFormation, and the services that the handler
 * uses.
 *
 * @param action action of the request
 * @param request request of CloudFormation; its account id and Region are never null
 * @param context context that the last invocation returned; null for the first
 * @param environments the type configuration
 * @param clients clients of the two accounts
 * @param time clock of deadlines and waits
 * @param log log of the invocation
 */
@With
public record Operation(
    Action action,
    ResourceHandlerRequest<ResourceModel> request,
    @Nullable CallbackContext context,
    TypeConfiguration environments,
    AccountClients clients,
    Time time,
    InvocationLog log) {

  /**
   * Returns the progress at the beginning of this invocation.
   *
   * @param model model of the events until the operation ends; has the primary identifier
   */
  public Progress progress(@Nullable ResourceModel model) {
    return Progress.begin(model, context, time, log);
  }

  /** Returns the desired model of the request; an empty model where it has none. */
  public ResourceModel desired() {
    return request.getDesiredResourceState() == null
        ? new ResourceModel()
        : request.getDesiredResourceState();
  }

  /** Returns the model before an update. */
  public Optional<ResourceModel> previous() {
    return Optional.ofNullable(request.getPreviousResourceState());
  }

  /** Returns the Region of the request. */
  public String region() {
    return request.getRegion();
  }

  /** Returns the id of the stack's account. */
  public String account() {
    return request.getAwsAccountId();
  }

  /** Returns the id of the Region's partition; no partition is hard-coded. */
  public String partition() {
    return PartitionMetadata.of(Region.of(region())).id();
  }
}
