package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder;

/**
 * An endpoint with what its checks share.
 *
 * @param examination that looks at it
 * @param found the endpoint and its tags
 * @param resource the same as the type's handlers see it, with the settings that DMS holds
 * @param subject what findings are about
 */
record InspectedEndpoint(
    Examination examination, FoundEndpoint found, Resource resource, Subject subject) {

  static InspectedEndpoint of(Examination examination, FoundEndpoint found, Subject subject) {
    var arn = found.endpoint().endpointArn();
    var model =
        new ResourceModel()
            .withEndpointArn(arn)
            .withS3Settings(found.actual().toModel(found.record()));
    var resource = new ResourceFinder(examination.operation(Action.READ, model)).of(arn, found);
    return new InspectedEndpoint(examination, found, resource, subject);
  }

  String arn() {
    return found.endpoint().endpointArn();
  }

  String roleArn() {
    return found.ownRole().orElseThrow();
  }

  String roleName() {
    return EndpointNames.lastPartOf(roleArn());
  }

  /** The account of role and policy. */
  String account() {
    return EndpointNames.accountOf(roleArn());
  }

  Optional<Environment> environment() {
    return found.mark(OwnershipTags.ENVIRONMENT).flatMap(examination.environments()::find);
  }

  /** The IAM of the role's account, for what the type itself never looks at. */
  IamClient iam() {
    return examination
        .readers()
        .of(resource.roles().dataLakeRoleArn(), found.mark(OwnershipTags.ENVIRONMENT));
  }

  /** Who looks there. */
  String reader() {
    return resource.roles().dataLakeRoleArn();
  }

  Remedies remedies() {
    return examination.remedies();
  }

  /** Has the type mend it. */
  String update() {
    return remedies().update(arn());
  }
}
