package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.PreExistenceCheck.Conflict;

/**
 * Ensures the endpoint's policy in the data-lake account, attached to its role: steps 1 and 2 of
 * the manual procedure.
 */
public final class EndpointPolicy implements Step {

  /** A managed policy has at most 5 versions (IAM quotas). */
  private static final int MAX_VERSIONS = 5;

  private static final String FIRST_VERSION = "v1";

  private static final String ADVICE =
      "Remove PolicyName from the template or choose another one, or delete that policy if nobody"
          + " uses it.";

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public EndpointPolicy(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /** Returns the existing policy with this name, where it is not known to be owned. */
  Optional<Conflict> conflict() {
    return find().flatMap(this::conflict);
  }

  private Optional<Conflict> conflict(Policy policy) {
    return Conflict.of(ownership.of(policy), "policy " + policy.arn(), ADVICE);
  }

  /**
   * Returns the step for a policy that probably does not exist: it creates the policy without a
   * query and continues with an existing one where the name is taken.
   */
  public Step createFirst() {
    return progress -> create(progress, () -> run(progress));
  }

  /**
   * Creates the policy, or ensures that its default version has the desired document; then attaches
   * it to the role.
   */
  @Override
  public Progress run(Progress progress) {
    var found = find();
    if (found.isEmpty()) {
      // Policy names are unique across paths, and the query was for one path only.
      return create(
          progress,
          () -> progress.waitFor(Propagation.of("policy " + resource.names().policyName())));
    }
    return conflict(found.get())
        .flatMap(c -> c.waitUnlessOwned(progress))
        .orElseGet(() -> ensureDocument(found.get(), progress).then(this::attach));
  }

  private Optional<Policy> find() {
    return resource.dataLake().findPolicy(resource.names().policyArn());
  }

  private Progress create(Progress progress, Supplier<Progress> ifExists) {
    var names = resource.names();
    var tags = new TreeMap<>(resource.managedTags().ofAccess());
    tags.put(OwnershipTags.DOCUMENT, resource.policyDocumentTag(FIRST_VERSION));
    var request =
        CreatePolicyRequest.builder()
            .policyName(names.policyName())
            .path(names.path())
            .description(resource.description())
            .policyDocument(resource.policyDocument())
            .tags(TagSet.toIam(tags))
            .build();
    try {
      resource.dataLake().createPolicy(request);
    } catch (AwsCallException e) {
      if (!e.is(EntityAlreadyExistsException.class)) {
        throw e;
      }
      return ifExists.get();
    }
    // No query is needed: the policy is new, and attaching it twice has no effect.
    return progress
        .with(progress.context().withAccessCreatedAt(progress.now()))
        .then(
            p -> {
              resource.dataLake().attachPolicy(names.roleName(), names.policyArn());
              return p;
            });
  }

  private Progress ensureDocument(Policy policy, Progress progress) {
    // A document that this update changes is always written: where IAM already shows it, the answer
    // may be older than the last change, which this update reverts.
    if (!resource.changesPolicy() && hasDocument(policy)) {
      ensureTags(policy, policy.defaultVersionId());
      return progress;
    }
    var versions = resource.dataLake().policyVersions(policy.arn());
    if (versions.size() >= MAX_VERSIONS) {
      deleteOldest(policy);
    }
    String version;
    try {
      version = resource.dataLake().createPolicyVersion(policy.arn(), resource.policyDocument());
    } catch (AwsCallException e) {
      if (!e.is(LimitExceededException.class)) {
        throw e;
      }
      // IAM did not show all versions.
      deleteOldest(policy);
      return progress.waitFor(Propagation.of("the versions of policy " + policy.arn()));
    }
    ensureTags(policy, version);
    return progress;
  }

  /** Returns whether the policy has the desired document, by its tag or else by the document. */
  private boolean hasDocument(Policy policy) {
    var version = policy.defaultVersionId();
    return hasDocumentTag(policy, version)
        || resource
            .dataLake()
            .policyDocument(policy.arn(), version)
            .filter(resource::isPolicyDocument)
            .isPresent();
  }

  private boolean hasDocumentTag(Policy policy, String versionId) {
    return resource
        .policyDocumentTag(versionId)
        .equals(DataLakeAccount.tagsOf(policy).get(OwnershipTags.DOCUMENT));
  }

  private void deleteOldest(Policy policy) {
    resource.dataLake().policyVersions(policy.arn()).stream()
        .filter(v -> !v.isDefaultVersion() && !v.versionId().equals(policy.defaultVersionId()))
        .min(Comparator.comparing(PolicyVersion::createDate))
        .ifPresent(v -> resource.dataLake().deletePolicyVersion(policy.arn(), v.versionId()));
  }

  /** Ensures the tags, among them the one that says that this version has the desired document. */
  private void ensureTags(Policy policy, String versionId) {
    var existing = DataLakeAccount.tagsOf(policy);
    // Obsolete tags first: the tag that lists them is updated afterwards.
    var obsolete = resource.managedTags().obsoleteOfAccess(existing);
    if (!obsolete.isEmpty()) {
      resource.dataLake().untagPolicy(policy.arn(), obsolete);
    }
    var missing = new TreeMap<>(resource.managedTags().missingOfAccess(existing));
    if (!hasDocumentTag(policy, versionId)) {
      missing.put(OwnershipTags.DOCUMENT, resource.policyDocumentTag(versionId));
    }
    if (!missing.isEmpty()) {
      resource.dataLake().tagPolicy(policy.arn(), TagSet.toIam(missing));
    }
  }

  private Progress attach(Progress progress) {
    var names = resource.names();
    var isAttached =
        resource.dataLake().attachedPolicies(names.roleName()).stream()
            .anyMatch(p -> names.policyArn().equals(p.policyArn()));
    if (!isAttached) {
      resource.dataLake().attachPolicy(names.roleName(), names.policyArn());
    }
    return progress;
  }
}
