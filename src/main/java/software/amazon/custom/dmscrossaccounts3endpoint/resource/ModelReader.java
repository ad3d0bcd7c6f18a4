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
 * Reads the model of a resource from endpoint, tags, role and policy. It also reads an endpoint
 * that was created by hand, so that the endpoint can be imported. The model then lacks the
 * properties that its role does not show.
 */
public final class ModelReader {

  private final Resource resource;
  private final FoundEndpoint found;

  /** Creates the reader of an endpoint. */
  public ModelReader(Resource resource, FoundEndpoint found) {
    this.resource = resource;
    this.found = found;
  }

  /**
   * Result of a read.
   *
   * @param model model without write-only properties and without empty values
   * @param complete whether AWS showed all parts of a resource of this type; otherwise some of the
   *     answers may be old
   */
  public record Reading(ResourceModel model, boolean complete) {}

  /** Reads the resource. */
  public Reading read() {
    return read(Optional.empty());
  }

  /**
   * Reads the resource.
   *
   * @param attached ARN of the policy that is known to be attached to the role; empty to query it
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
    var hasOwnershipTag = OwnershipTags.match(found.tags(), endpoint.endpointArn());
    var isRoleComplete =
        found.serviceRole().map(arn -> readRole(arn, attached, model)).orElse(true);
    return new Reading(model, !isOwn || (hasOwnershipTag && isRoleComplete));
  }

  /** Returns the last part of the ARN where it is a valid resource identifier; otherwise null. */
  private @Nullable String resourceIdentifier() {
    var last = EndpointNames.lastPartOf(found.endpoint().endpointArn());
    return Identifiers.isResourceIdentifier(last) ? last : null;
  }

  /** Returns the name of this type's own policy that is attached to the endpoint's role. */
  public Optional<String> ownPolicyName() {
    return found
        .serviceRole()
        .filter(this::isReachable)
        .map(arn -> resource.dataLake().attachedPolicies(EndpointNames.lastPartOf(arn)))
        .flatMap(ModelReader::policyOf)
        .filter(OwnershipTags::isOwnPath)
        .map(EndpointNames::lastPartOf);
  }

  /** Reads role and policy; returns false where they are reachable and IAM does not show them. */
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
    restoreCase(DataLakeAccount.tagsOf(role), model);
    if (role.permissionsBoundary() != null) {
      model.setPermissionsBoundaryArn(role.permissionsBoundary().permissionsBoundaryArn());
    }
    if (model.getExternalId() == null) {
      // No source says where DMS shows the id; the trust policy contains it as well.
      TrustPolicy.externalIdIn(DataLakeAccount.trustOf(role)).ifPresent(model::setExternalId);
    }
  }

  /** Sets the identifier as requested: DMS may store it in lower case, the role's tag does not. */
  private void restoreCase(Map<String, String> tags, ResourceModel model) {
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

  /** Returns the policy of this type; otherwise the only policy of a role created by hand. */
  private static Optional<String> policyOf(List<AttachedPolicy> attached) {
    var own =
        attached.stream()
            .map(AttachedPolicy::policyArn)
            .filter(OwnershipTags::isOwnPath)
            .findFirst();
    return own.isPresent() || attached.size() != 1 ? own : Optional.of(attached.get(0).policyArn());
  }
}
