package software.amazon.custom.dmscrossaccounts3endpoint;

import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.GRANT;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.HANDSHAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext.Phase.TEST;

import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;
import software.amazon.custom.dmscrossaccounts3endpoint.rules.ModelRules;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Access;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Claim;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.ConnectionTest;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Handshake;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.Leniency;

/**
 * Creates the resource: the manual procedure, step by step. The first invocation makes nothing; its
 * event tells CloudFormation the ARN by which whatever is made afterwards can be rolled back.
 */
final class CreateHandler implements Handler {

  private final Leniency leniency;

  CreateHandler(Leniency leniency) {
    this.leniency = leniency;
  }

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> handle(Operation operation) {
    var resource = new ResourceFinder(operation).toCreate();
    ModelRules.check(resource);
    var claim = new Claim(resource);
    var access = new Access(resource, resource::isOfThisRequest);
    var handshake = new Handshake(resource, access, resource::isOfThisRequest, leniency);
    var test = new ConnectionTest(resource);
    var progress = operation.progress(named(operation.desired(), resource));
    if (progress.isFirst()) {
      return progress
          .then(claim::check)
          .enter(GRANT)
          .pause("Names are free; creating role and policy")
          .inProgress();
    }
    return progress
        .during(GRANT, access::role)
        .during(GRANT, access::policy)
        .onwards(GRANT, HANDSHAKE)
        .during(HANDSHAKE, handshake::complete)
        .onwards(HANDSHAKE, TEST)
        .during(TEST, test::pass)
        .orElse(() -> ReadHandler.success(operation, resource.names().endpointArn()));
  }

  /**
   * The model of the events until the operation ends: that of the template, with what is known
   * before the first call.
   */
  private static ResourceModel named(ResourceModel model, Resource resource) {
    var names = resource.names();
    return model
        .withEndpointArn(names.endpointArn())
        .withEndpointIdentifier(names.endpointIdentifier())
        .withResourceIdentifier(names.resourceIdentifier())
        .withRoleName(names.roleName())
        .withPolicyName(names.policyName());
  }
}
