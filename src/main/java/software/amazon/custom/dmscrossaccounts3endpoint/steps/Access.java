package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.AccessPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.TagSet;

/**
 * The endpoint's role and policy in the data-lake account: steps 1, 2 and 4 of the manual
 * procedure. Each method looks at what is there and does the rest, so that it may run again at any
 * time.
 */
public final class Access {

  /** IAM's changes take seconds to be seen everywhere; users report less than a minute. */
  private static final Duration PROPAGATION = Duration.ofMinutes(2);

  /** A managed policy has at most 5 versions (IAM quotas). */
  private static final int VERSIONS = 5;

  private final Resource resource;
  private final Predicate<Map<String, String>> ours;

  /**
   * Creates the steps.
   *
   * @param ours tells from the tags of a role or a policy whether it may be changed
   */
  public Access(Resource resource, Predicate<Map<String, String>> ours) {
    this.resource = resource;
    this.ours = ours;
  }

  /**
   * Looks whether role and policy are there as this resource's own, or can be made.
   *
   * @throws OperationFailed {@code AlreadyExists} where somebody else's has the name
   */
  public void checkNames() {
    resource.dataLake().findRole(resource.names().roleName()).ifPresent(this::ownRole);
    resource.dataLake().findPolicy(resource.names().policyArn()).ifPresent(this::ownPolicy);
  }

  /**
   * Creates the role, or brings boundary and mark of the one that is there to the desired state.
   */
  public Progress role(Progress progress) {
    var found = resource.dataLake().findRole(resource.names().roleName());
    if (found.isEmpty()) {
      return createRole(progress);
    }
    var role = ownRole(found.get());
    bringBoundary(role);
    return progress;
  }

  private Progress createRole(Progress progress) {
    var names = resource.names();
    var request =
        CreateRoleRequest.builder()
            .roleName(names.roleName())
            .path(Marks.PATH)
            .description("Lets AWS DMS write to S3 through " + names.endpointArn())
            .assumeRolePolicyDocument(TrustPolicy.document(Optional.empty()))
            .permissionsBoundary(resource.roles().permissionsBoundaryArn())
            .tags(TagSet.toIam(resource.accessMarks()))
            .build();
    try {
      resource.dataLake().createRole(request);
      return progress;
    } catch (AwsCallFailed e) {
      if (!e.is(EntityAlreadyExistsException.class)) {
        throw e;
      }
    }
    // Somebody else was faster, or an earlier call took effect and IAM does not show it everywhere
    // yet.
    var role = resource.dataLake().findRole(names.roleName());
    role.ifPresent(this::ownRole);
    return role.isPresent() ? progress : propagating(progress, "role " + names.roleName());
  }

  private Role ownRole(Role role) {
    if (!ours.test(DataLakeAccount.tagsOf(role)) || !Marks.PATH.equals(role.path())) {
      throw OperationFailed.taken(
          "The role %s is there and was not made for this endpoint. Leave RoleName out of the template, or choose another."
              .formatted(role.arn()));
    }
    return role;
  }

  private void bringBoundary(Role role) {
    var wanted = resource.roles().permissionsBoundaryArn();
    var held =
        role.permissionsBoundary() == null
            ? null
            : role.permissionsBoundary().permissionsBoundaryArn();
    if (wanted != null && !wanted.equals(held)) {
      resource.dataLake().putBoundary(role.roleName(), wanted);
    } else if (wanted == null && held != null) {
      resource.dataLake().deleteBoundary(role.roleName());
    }
  }

  /**
   * Creates the policy, or makes what the settings ask for its default version; then attaches it to
   * the role.
   */
  public Progress policy(Progress progress) {
    var arn = resource.names().policyArn();
    var found = resource.dataLake().findPolicy(arn);
    return found.isPresent()
        ? bringDocument(ownPolicy(found.get()), progress).then(this::attach)
        : createPolicy(progress).then(this::attach);
  }

  private Progress createPolicy(Progress progress) {
    var names = resource.names();
    var request =
        CreatePolicyRequest.builder()
            .policyName(names.policyName())
            .path(Marks.PATH)
            .description("Lets AWS DMS write to S3 through " + names.endpointArn())
            .policyDocument(AccessPolicy.document(names, resource.settings()))
            .tags(TagSet.toIam(resource.accessMarks()))
            .build();
    try {
      resource.dataLake().createPolicy(request);
      return progress;
    } catch (AwsCallFailed e) {
      if (!e.is(EntityAlreadyExistsException.class)) {
        throw e;
      }
    }
    var policy = resource.dataLake().findPolicy(names.policyArn());
    if (policy.isEmpty()) {
      return propagating(progress, "policy " + names.policyName());
    }
    return bringDocument(ownPolicy(policy.get()), progress);
  }

  private Policy ownPolicy(Policy policy) {
    if (!ours.test(DataLakeAccount.tagsOf(policy))) {
      throw OperationFailed.taken(
          "The policy %s is there and was not made for this endpoint. Leave PolicyName out of the template, or choose another."
              .formatted(policy.arn()));
    }
    return policy;
  }

  private Progress bringDocument(Policy policy, Progress progress) {
    var names = resource.names();
    var settings = resource.settings();
    var held = resource.dataLake().policyDocument(policy.arn(), policy.defaultVersionId());
    if (held.filter(document -> AccessPolicy.isFor(document, names, settings)).isPresent()) {
      return progress;
    }
    var versions = resource.dataLake().policyVersions(policy.arn());
    if (versions.size() >= VERSIONS) {
      versions.stream()
          .filter(v -> !v.isDefaultVersion())
          .min(Comparator.comparing(PolicyVersion::createDate))
          .ifPresent(v -> resource.dataLake().deletePolicyVersion(policy.arn(), v.versionId()));
    }
    resource.dataLake().createPolicyVersion(policy.arn(), AccessPolicy.document(names, settings));
    return progress;
  }

  private Progress attach(Progress progress) {
    var names = resource.names();
    var attached =
        resource.dataLake().attachedPolicies(names.roleName()).stream()
            .anyMatch(p -> names.policyArn().equals(p.policyArn()));
    if (attached) {
      return progress;
    }
    try {
      resource.dataLake().attachPolicy(names.roleName(), names.policyArn());
      return progress;
    } catch (AwsCallFailed e) {
      if (e.is(NoSuchEntityException.class)) {
        return propagating(progress, "role and policy");
      }
      throw e;
    }
  }

  /**
   * Brings the trust policy to this external id, and to nothing wider. DMS sees a change only after
   * a while.
   *
   * @param externalId the one that DMS gave to the endpoint
   * @return whether the trust policy is so now; false where IAM does not show the role yet
   */
  public boolean trust(Optional<String> externalId) {
    var roleName = resource.names().roleName();
    var role = resource.dataLake().findRole(roleName).map(this::ownRole);
    var document = role.map(DataLakeAccount::trustOf).orElse("");
    if (!TrustPolicy.isFor(document, externalId)) {
      try {
        resource.dataLake().updateTrust(roleName, TrustPolicy.document(externalId));
      } catch (AwsCallFailed e) {
        if (e.is(NoSuchEntityException.class)) {
          return false;
        }
        throw e;
      }
    }
    return true;
  }

  /** The identifier of the endpoint, as its role has it on record. */
  public Optional<String> recordedIdentifier() {
    return resource
        .dataLake()
        .findRole(resource.names().roleName())
        .map(DataLakeAccount::tagsOf)
        .filter(ours)
        .map(tags -> tags.get(Marks.IDENTIFIER));
  }

  private static Progress propagating(Progress progress, String what) {
    return progress.waitFor(
        "Waiting for IAM to show " + what,
        PROPAGATION,
        () ->
            new OperationFailed(
                HandlerErrorCode.NotStabilized,
                "IAM made %s and does not show it after %d minutes. Try again."
                    .formatted(what, PROPAGATION.toMinutes())));
  }
}
