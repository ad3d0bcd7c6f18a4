package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.BEGIN;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.ENSURE_ACCESS;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.HANDSHAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.RESTORE_TRUST;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.STABILIZE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase.TEST;

import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.rules.ModelRules;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.ConnectionCheck;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EmulatorMode;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.EndpointRole;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Handshake;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.PreExistenceCheck;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Stabilize;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.TrustGuard;

/**
 * Creates the resource with the steps of the manual procedure. The first invocation creates
 * nothing. It ends with a failure, which CloudFormation does not roll back, or with the first event
 * that has the ARN, with which CloudFormation can roll back all later changes.
 */
final class CreateHandler implements Handler {
  private final EmulatorMode emulatorMode;

  CreateHandler(EmulatorMode emulatorMode) {
    this.emulatorMode = emulatorMode;
  }

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var finder = new ResourceFinder(operation);
    var resource = finder.toCreate();
    ModelRules.check(resource);
    var own = Ownership.ofRequest(resource);
    var stabilize = new Stabilize(finder, resource, emulatorMode);
    var trust = new TrustGuard(resource, own);
    var started =
        operation
            .progress(modelOfEvents(operation.desired(), resource.names()))
            .during(BEGIN, new PreExistenceCheck(operation, resource, own))
            .during(
                BEGIN,
                p ->
                    p.enter(ENSURE_ACCESS)
                        .save("The names are available; creating role and policy"));
    return trust
        .guard(
            started,
            p ->
                p.during(ENSURE_ACCESS, new EndpointRole(resource, own).createFirst())
                    .during(ENSURE_ACCESS, new EndpointPolicy(resource, own).createFirst())
                    .transition(ENSURE_ACCESS, HANDSHAKE)
                    .during(HANDSHAKE, new Handshake(resource, own, emulatorMode))
                    .transition(HANDSHAKE, TEST))
        .during(RESTORE_TRUST, trust)
        .during(TEST, new ConnectionCheck(resource))
        .transition(TEST, STABILIZE)
        .during(STABILIZE, stabilize)
        .orElse(stabilize::success);
  }

  /**
   * Returns the model of the events until the operation ends: the desired model, with the names
   * that are known before the first call.
   */
  private static ResourceModel modelOfEvents(ResourceModel model, EndpointNames names) {
    return Models.copy(model)
        .withEndpointArn(names.endpointArn())
        .withEndpointIdentifier(names.endpointIdentifier())
        .withResourceIdentifier(names.resourceIdentifier())
        .withRoleName(names.roleName())
        .withPolicyName(names.policyName())
        .withStatus(Ownership.UNFINISHED);
  }
}
