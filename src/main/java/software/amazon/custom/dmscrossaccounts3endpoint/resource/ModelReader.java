package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder.Found;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.TagSet;

/**
 * Reads a resource from what is there: endpoint, tags, role and policy. It works for an endpoint
 * that was made by hand as well, so that it can be imported; what its role can't tell is left out.
 */
public final class ModelReader {

  private final Resource resource;
  private final Found found;

  /** Creates the reader of an endpoint that is there. */
  public ModelReader(Resource resource, Found found) {
    this.resource = resource;
    this.found = found;
  }

  /** The model, without write-only properties and without empty values. */
  public ResourceModel read() {
    var endpoint = found.endpoint();
    var status = DmsAccount.statusOf(endpoint);
    var model =
        new ResourceModel()
            .withEndpointArn(endpoint.endpointArn())
            .withEndpointIdentifier(endpoint.endpointIdentifier())
            .withResourceIdentifier(resourceIdentifier())
            .withEnvironment(resource.roles().environment())
            .withDataLakeRoleArn(resource.roles().dataLakeRoleArn())
            .withDmsRoleArn(resource.roles().dmsRoleArn())
            .withS3Settings(
                S3SettingsTranslator.held(
                        endpoint.s3Settings(), endpoint.extraConnectionAttributes())
                    .toModel())
            .withTags(TagSet.toModel(found.tags()))
            .withExternalId(DmsAccount.externalIdOf(endpoint).orElse(null))
            .withStatus(status.isEmpty() ? null : status);
    found.serviceRole().ifPresent(arn -> readRole(arn, model));
    return model;
  }

  /** The end of the ARN, where a template could ask for it; otherwise null. */
  private String resourceIdentifier() {
    var last = EndpointNames.lastPartOf(found.endpoint().endpointArn());
    return Identifiers.isResourceIdentifier(last) ? last : null;
  }

  /** The name of the policy that this type made for the endpoint, where its role has one. */
  public Optional<String> ownPolicyName() {
    return found
        .serviceRole()
        .filter(this::isReachable)
        .map(arn -> resource.dataLake().attachedPolicies(EndpointNames.lastPartOf(arn)))
        .flatMap(ModelReader::policyOf)
        .filter(arn -> arn.contains(":policy" + Marks.PATH))
        .map(EndpointNames::lastPartOf);
  }

  private void readRole(String roleArn, ResourceModel model) {
    var roleName = EndpointNames.lastPartOf(roleArn);
    model.withServiceAccessRoleArn(roleArn).withRoleName(roleName);
    if (!isReachable(roleArn)) {
      return;
    }
    resource
        .dataLake()
        .findRole(roleName)
        .ifPresent(
            role -> {
              keepCase(DataLakeAccount.tagsOf(role), model);
              if (role.permissionsBoundary() != null) {
                model.setPermissionsBoundaryArn(
                    role.permissionsBoundary().permissionsBoundaryArn());
              }
              policyOf(resource.dataLake().attachedPolicies(roleName))
                  .ifPresent(
                      arn ->
                          model.withPolicyArn(arn).withPolicyName(EndpointNames.lastPartOf(arn)));
            });
  }

  /** DMS may hold the identifier in lower case; the role has on record what was asked for. */
  private void keepCase(Map<String, String> tags, ResourceModel model) {
    if (Marks.areOn(tags, model.getEndpointArn())
        && model.getEndpointIdentifier().equalsIgnoreCase(tags.get(Marks.IDENTIFIER))) {
      model.setEndpointIdentifier(tags.get(Marks.IDENTIFIER));
    }
  }

  private boolean isReachable(String roleArn) {
    return resource
        .roles()
        .dataLakeRole()
        .filter(arn -> EndpointNames.accountOf(arn).equals(EndpointNames.accountOf(roleArn)))
        .isPresent();
  }

  /** This type's own policy; of a role that was made by hand its only one. */
  private static Optional<String> policyOf(List<AttachedPolicy> attached) {
    var own =
        attached.stream()
            .map(AttachedPolicy::policyArn)
            .filter(arn -> arn.contains(":policy" + Marks.PATH))
            .findFirst();
    return own.isPresent() || attached.size() != 1 ? own : Optional.of(attached.get(0).policyArn());
  }
}
