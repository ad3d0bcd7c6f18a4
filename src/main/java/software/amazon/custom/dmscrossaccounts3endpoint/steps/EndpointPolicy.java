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
 * The endpoint's policy in the data-lake account, attached to its role: steps 1 and 2 of the manual
 * procedure.
 */
public final class EndpointPolicy implements Step {

  /** A managed policy has at most 5 versions (IAM quotas). */
  private static final int VERSIONS = 5;

  private static final String FIRST_VERSION = "v1";

  private static final String ADVICE =
      "Leave PolicyName out of the template or choose another one, or delete that policy if nothing"
          + " uses it.";

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public EndpointPolicy(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /** Returns the policy that has the name and is not known to be this resource's. */
  Optional<Conflict> conflict() {
    return find().flatMap(this::conflict);
  }

  private Optional<Conflict> conflict(Policy policy) {
    return Conflict.of(ownership.of(policy), "a policy " + policy.arn(), ADVICE);
  }

  /**
   * Returns the step for a policy that is not there yet: it creates the policy without looking for
   * it first, and continues with an own one that has the name.
   */
  public Step createFirst() {
    return progress -> create(progress, () -> run(progress));
  }

  /**
   * Creates the policy, or makes what the settings ask for its default version; then attaches it to
   * the role.
   */
  @Override
  public Progress run(Progress progress) {
    var found = find();
    if (found.isEmpty()) {
      // A policy's name is unique whatever its path: another path may have it.
      return create(
          progress,
          () -> progress.waitFor(Propagation.of("policy " + resource.names().policyName())));
    }
    return refused(found.get(), progress)
        .orElseGet(() -> bringDocument(found.get(), progress).then(this::attach));
  }

  private Optional<Policy> find() {
    return resource.dataLake().findPolicy(resource.names().policyArn());
  }

  private Optional<Progress> refused(Policy policy, Progress progress) {
    return conflict(policy)
        .flatMap(c -> Ownership.refused(c.verdict(), progress, c.name(), c.advice()));
  }

  private Progress create(Progress progress, Supplier<Progress> whereItExists) {
    var names = resource.names();
    var tags = new TreeMap<>(resource.accessTags());
    tags.put(OwnershipTags.DOCUMENT, resource.policyRecord(FIRST_VERSION));
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
      return whereItExists.get();
    }
    // Nothing can be attached to what was just made, and attaching twice does nothing.
    return progress
        .with(progress.context().withAccessCreatedAt(progress.now()))
        .then(
            p -> {
              resource.dataLake().attachPolicy(names.roleName(), names.policyArn());
              return p;
            });
  }

  private Progress bringDocument(Policy policy, Progress progress) {
    // What the template has just changed is written although IAM shows it so: the answer may be
    // older than what is taken back.
    if (!resource.changesPolicy() && saysSo(policy)) {
      bringTags(policy, policy.defaultVersionId());
      return progress;
    }
    var versions = resource.dataLake().policyVersions(policy.arn());
    if (versions.size() >= VERSIONS) {
      deleteOldest(policy);
    }
    String version;
    try {
      version = resource.dataLake().createPolicyVersion(policy.arn(), resource.policyDocument());
    } catch (AwsCallException e) {
      if (!e.is(LimitExceededException.class)) {
        throw e;
      }
      // There were more versions than were shown.
      deleteOldest(policy);
      return progress.waitFor(Propagation.of("the versions of policy " + policy.arn()));
    }
    bringTags(policy, version);
    return progress;
  }

  /** Whether the policy says what is wanted: by its record, or else by its document. */
  private boolean saysSo(Policy policy) {
    var version = policy.defaultVersionId();
    return isOnRecord(policy, version)
        || resource
            .dataLake()
            .policyDocument(policy.arn(), version)
            .filter(resource::isPolicyDocument)
            .isPresent();
  }

  private boolean isOnRecord(Policy policy, String versionId) {
    return resource
        .policyRecord(versionId)
        .equals(DataLakeAccount.tagsOf(policy).get(OwnershipTags.DOCUMENT));
  }

  private void deleteOldest(Policy policy) {
    resource.dataLake().policyVersions(policy.arn()).stream()
        .filter(v -> !v.isDefaultVersion() && !v.versionId().equals(policy.defaultVersionId()))
        .min(Comparator.comparing(PolicyVersion::createDate))
        .ifPresent(v -> resource.dataLake().deletePolicyVersion(policy.arn(), v.versionId()));
  }

  /** Brings the tags, and puts on record that this version has the document that is wanted. */
  private void bringTags(Policy policy, String versionId) {
    var held = DataLakeAccount.tagsOf(policy);
    // First what is removed: afterwards it is no longer on record.
    var obsolete = resource.obsoleteAccessTags(held);
    if (!obsolete.isEmpty()) {
      resource.dataLake().untagPolicy(policy.arn(), obsolete);
    }
    var missing = new TreeMap<>(resource.missingAccessTags(held));
    if (!isOnRecord(policy, versionId)) {
      missing.put(OwnershipTags.DOCUMENT, resource.policyRecord(versionId));
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
