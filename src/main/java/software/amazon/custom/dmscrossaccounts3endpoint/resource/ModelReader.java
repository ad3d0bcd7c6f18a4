package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * Reads a resource from what is there: endpoint, tags, role and policy. It works for an endpoint
 * that was made by hand as well, so that it can be imported; what its role can't tell is left out.
 */
public final class ModelReader {

  private final Resource resource;
  private final FoundEndpoint found;

  /** Creates the reader of an endpoint that is there. */
  public ModelReader(Resource resource, FoundEndpoint found) {
    this.resource = resource;
    this.found = found;
  }

  /**
   * What was read.
   *
   * @param model without write-only properties and without empty values
   * @param whole whether everything was seen that belongs to an endpoint of this type; otherwise
   *     some of the answers may be old
   */
  public record Reading(ResourceModel model, boolean whole) {}

  /** Reads. */
  public Reading read() {
    return read(Optional.empty());
  }

  /**
   * Reads.
   *
   * @param attached the policy that is known to be attached to the role; empty to look
   */
  public Reading read(Optional<String> attached) {
    var endpoint = found.endpoint();
    var status = found.status();
    var model =
        new ResourceModel()
            .withEndpointArn(endpoint.endpointArn())
            .withEndpointIdentifier(endpoint.endpointIdentifier())
            .withResourceIdentifier(resourceIdentifier())
            .withEnvironment(resource.roles().environment().orElse(null))
            .withDataLakeRoleArn(resource.roles().dataLakeRole().orElse(null))
            .withDmsRoleArn(resource.roles().dmsRole().orElse(null))
            .withS3Settings(found.actual().toModel(found.record()))
            .withTags(TagSet.toModel(found.tags()))
            .withExternalId(found.externalId().orElse(null))
            .withStatus(status.isEmpty() ? null : status);
    var isOwn = found.ownRole().isPresent();
    var isMarked = OwnershipTags.match(found.tags(), endpoint.endpointArn());
    var isRoleWhole = found.serviceRole().map(arn -> readRole(arn, attached, model)).orElse(true);
    return new Reading(model, !isOwn || (isMarked && isRoleWhole));
  }

  /** The end of the ARN, where a template could ask for it; otherwise null. */
  private @Nullable String resourceIdentifier() {
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
        .filter(OwnershipTags::isOwnPath)
        .map(EndpointNames::lastPartOf);
  }

  /** Whether the role and its policy were seen, or can't be. */
  private boolean readRole(String roleArn, Optional<String> attached, ResourceModel model) {
    var roleName = EndpointNames.lastPartOf(roleArn);
    model.withServiceAccessRoleArn(roleArn).withRoleName(roleName);
    if (!isReachable(roleArn)) {
      return true;
    }
    var role = resource.dataLake().findRole(roleName);
    if (role.isEmpty()) {
      return false;
    }
    readRole(role.get(), model);
    var policy = attached.or(() -> policyOf(resource.dataLake().attachedPolicies(roleName)));
    policy.ifPresent(arn -> model.withPolicyArn(arn).withPolicyName(EndpointNames.lastPartOf(arn)));
    return policy.isPresent();
  }

  private void readRole(Role role, ResourceModel model) {
    keepCase(DataLakeAccount.tagsOf(role), model);
    if (role.permissionsBoundary() != null) {
      model.setPermissionsBoundaryArn(role.permissionsBoundary().permissionsBoundaryArn());
    }
    if (model.getExternalId() == null) {
      // Nothing says where DMS shows it; the trust policy has it on record.
      TrustPolicy.externalIdIn(DataLakeAccount.trustOf(role)).ifPresent(model::setExternalId);
    }
  }

  /** DMS may hold the identifier in lower case; the role has on record what was asked for. */
  private void keepCase(Map<String, String> tags, ResourceModel model) {
    if (OwnershipTags.match(tags, model.getEndpointArn())
        && Identifiers.areSame(model.getEndpointIdentifier(), tags.get(OwnershipTags.IDENTIFIER))) {
      model.setEndpointIdentifier(tags.get(OwnershipTags.IDENTIFIER));
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
            .filter(OwnershipTags::isOwnPath)
            .findFirst();
    return own.isPresent() || attached.size() != 1 ? own : Optional.of(attached.get(0).policyArn());
  }
}
