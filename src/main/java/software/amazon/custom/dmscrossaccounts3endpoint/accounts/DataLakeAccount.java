package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.PolicyDocuments;

/**
 * The IAM of the data-lake account, as this type uses it. What is not there is an empty answer, and
 * deleting what is not there does nothing. Policy documents go in and come out as JSON; on the wire
 * IAM percent-encodes them (API reference). Lists are followed to their last page, since IAM may
 * return fewer items than fit although there are more (API reference, {@code IsTruncated}).
 */
public final class DataLakeAccount {

  private final AwsSession session;
  private final IamClient iam;

  DataLakeAccount(AwsSession session, IamClient iam) {
    this.session = session;
    this.iam = iam;
  }

  /** The role of this name, whatever its path. */
  public Optional<Role> findRole(String roleName) {
    try {
      var request = GetRoleRequest.builder().roleName(roleName).build();
      return Optional.of(session.call("GetRole", request, iam::getRole).role());
    } catch (AwsCallException e) {
      return ifNotFound(e, Optional.empty());
    }
  }

  /** The trust policy of a role, as JSON. */
  public static String trustOf(Role role) {
    return PolicyDocuments.decoded(role.assumeRolePolicyDocument());
  }

  /** The tags of a role. */
  public static Map<String, String> tagsOf(Role role) {
    return byKey(role.tags());
  }

  /** The tags of a policy. */
  public static Map<String, String> tagsOf(Policy policy) {
    return byKey(policy.tags());
  }

  /** Creates a role. */
  public void createRole(CreateRoleRequest request) {
    session.call("CreateRole", request, iam::createRole);
  }

  /** Sets tags of a role. */
  public void tagRole(String roleName, Collection<Tag> tags) {
    var request = TagRoleRequest.builder().roleName(roleName).tags(tags).build();
    session.call("TagRole", request, iam::tagRole);
  }

  /** Removes tags of a role; a key that is not there is passed over. */
  public void untagRole(String roleName, Collection<String> keys) {
    var request = UntagRoleRequest.builder().roleName(roleName).tagKeys(keys).build();
    session.call("UntagRole", request, iam::untagRole);
  }

  /** Sets tags of a policy. */
  public void tagPolicy(String policyArn, Collection<Tag> tags) {
    var request = TagPolicyRequest.builder().policyArn(policyArn).tags(tags).build();
    session.call("TagPolicy", request, iam::tagPolicy);
  }

  /** Removes tags of a policy; a key that is not there is passed over. */
  public void untagPolicy(String policyArn, Collection<String> keys) {
    var request = UntagPolicyRequest.builder().policyArn(policyArn).tagKeys(keys).build();
    session.call("UntagPolicy", request, iam::untagPolicy);
  }

  /** Replaces the trust policy of a role. */
  public void updateTrust(String roleName, String document) {
    var request =
        UpdateAssumeRolePolicyRequest.builder().roleName(roleName).policyDocument(document).build();
    session.call("UpdateAssumeRolePolicy", request, iam::updateAssumeRolePolicy);
  }

  /** Sets the permissions boundary of a role. */
  public void putBoundary(String roleName, String boundaryArn) {
    var request =
        PutRolePermissionsBoundaryRequest.builder()
            .roleName(roleName)
            .permissionsBoundary(boundaryArn)
            .build();
    session.call("PutRolePermissionsBoundary", request, iam::putRolePermissionsBoundary);
  }

  /** Removes the permissions boundary of a role. */
  public void deleteBoundary(String roleName) {
    var request = DeleteRolePermissionsBoundaryRequest.builder().roleName(roleName).build();
    try {
      session.call("DeleteRolePermissionsBoundary", request, iam::deleteRolePermissionsBoundary);
    } catch (AwsCallException e) {
      requireNotFound(e);
    }
  }

  /** Deletes a role. */
  public void deleteRole(String roleName) {
    var request = DeleteRoleRequest.builder().roleName(roleName).build();
    try {
      session.call("DeleteRole", request, iam::deleteRole);
    } catch (AwsCallException e) {
      requireNotFound(e);
    }
  }

  /** The policy with this ARN. */
  public Optional<Policy> findPolicy(String policyArn) {
    try {
      var request = GetPolicyRequest.builder().policyArn(policyArn).build();
      return Optional.of(session.call("GetPolicy", request, iam::getPolicy).policy());
    } catch (AwsCallException e) {
      return ifNotFound(e, Optional.empty());
    }
  }

  /** The document of a version of a policy, as JSON; empty where the version is not there. */
  public Optional<String> policyDocument(String policyArn, String versionId) {
    try {
      var request =
          GetPolicyVersionRequest.builder().policyArn(policyArn).versionId(versionId).build();
      var version =
          session.call("GetPolicyVersion", request, iam::getPolicyVersion).policyVersion();
      return Optional.of(PolicyDocuments.decoded(version.document()));
    } catch (AwsCallException e) {
      return ifNotFound(e, Optional.empty());
    }
  }

  /** Creates a policy. */
  public void createPolicy(CreatePolicyRequest request) {
    session.call("CreatePolicy", request, iam::createPolicy);
  }

  /** The versions of a policy. */
  public List<PolicyVersion> policyVersions(String policyArn) {
    try {
      var request = ListPolicyVersionsRequest.builder().policyArn(policyArn).build();
      return session.list(
          "ListPolicyVersions",
          request,
          iam::listPolicyVersionsPaginator,
          ListPolicyVersionsResponse::versions);
    } catch (AwsCallException e) {
      return ifNotFound(e, List.of());
    }
  }

  /**
   * Makes a document the default version of a policy.
   *
   * @return the version's id
   */
  public String createPolicyVersion(String policyArn, String document) {
    var request =
        CreatePolicyVersionRequest.builder()
            .policyArn(policyArn)
            .policyDocument(document)
            .setAsDefault(true)
            .build();
    return session
        .call("CreatePolicyVersion", request, iam::createPolicyVersion)
        .policyVersion()
        .versionId();
  }

  /** Deletes a version of a policy that is not the default. */
  public void deletePolicyVersion(String policyArn, String versionId) {
    var request =
        DeletePolicyVersionRequest.builder().policyArn(policyArn).versionId(versionId).build();
    try {
      session.call("DeletePolicyVersion", request, iam::deletePolicyVersion);
    } catch (AwsCallException e) {
      requireNotFound(e);
    }
  }

  /** Deletes a policy. */
  public void deletePolicy(String policyArn) {
    var request = DeletePolicyRequest.builder().policyArn(policyArn).build();
    try {
      session.call("DeletePolicy", request, iam::deletePolicy);
    } catch (AwsCallException e) {
      requireNotFound(e);
    }
  }

  /** The managed policies that are attached to a role. */
  public List<AttachedPolicy> attachedPolicies(String roleName) {
    try {
      var request = ListAttachedRolePoliciesRequest.builder().roleName(roleName).build();
      return session.list(
          "ListAttachedRolePolicies",
          request,
          iam::listAttachedRolePoliciesPaginator,
          ListAttachedRolePoliciesResponse::attachedPolicies);
    } catch (AwsCallException e) {
      return ifNotFound(e, List.of());
    }
  }

  /** Attaches a policy to a role; nothing happens where it is attached. */
  public void attachPolicy(String roleName, String policyArn) {
    var request = AttachRolePolicyRequest.builder().roleName(roleName).policyArn(policyArn).build();
    session.call("AttachRolePolicy", request, iam::attachRolePolicy);
  }

  /** Detaches a policy from a role. */
  public void detachPolicy(String roleName, String policyArn) {
    var request = DetachRolePolicyRequest.builder().roleName(roleName).policyArn(policyArn).build();
    try {
      session.call("DetachRolePolicy", request, iam::detachRolePolicy);
    } catch (AwsCallException e) {
      requireNotFound(e);
    }
  }

  private static Map<String, String> byKey(List<Tag> tags) {
    var byKey = new TreeMap<String, String>();
    tags.forEach(t -> byKey.put(t.key(), t.value()));
    return byKey;
  }

  private static <T> T ifNotFound(AwsCallException e, T nothing) {
    requireNotFound(e);
    return nothing;
  }

  private static void requireNotFound(AwsCallException e) {
    if (!e.isNotFound()) {
      throw e;
    }
  }
}
