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
 * One invocation of one handler: what CloudFormation asked for, and what the handler works with.
 *
 * @param action which handler it is
 * @param request what CloudFormation asked for; its account id and Region are never null
 * @param context what the last invocation returned; null for the first
 * @param environments the type configuration
 * @param clients of the two accounts
 * @param time what deadlines run by
 * @param log of the invocation
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
   * How far the operation is at the beginning of this invocation.
   *
   * @param model the model of the events until the operation ends; holds the primary identifier
   */
  public Progress progress(@Nullable ResourceModel model) {
    return Progress.begin(model, context, time, log);
  }

  /** The model that the request is about; an empty one where it has none. */
  public ResourceModel desired() {
    return request.getDesiredResourceState() == null
        ? new ResourceModel()
        : request.getDesiredResourceState();
  }

  /** The model before an update. */
  public Optional<ResourceModel> previous() {
    return Optional.ofNullable(request.getPreviousResourceState());
  }

  /** The Region of the request. */
  public String region() {
    return request.getRegion();
  }

  /** The account of the stack. */
  public String account() {
    return request.getAwsAccountId();
  }

  /** The partition of the Region; never spelled out anywhere. */
  public String partition() {
    return PartitionMetadata.of(Region.of(region())).id();
  }
}
