package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DataLakeAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Progress;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Step;
import software.amazon.custom.dmscrossaccounts3endpoint.policies.TrustPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Ownership;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;
import software.amazon.custom.dmscrossaccounts3endpoint.steps.PreExistenceCheck.Conflict;

/**
 * Ensures the endpoint's role in the data-lake account, with boundary and tags: step 2 of the
 * manual procedure. {@link EndpointTrust} updates the trust policy.
 */
public final class EndpointRole implements Step {

  private static final String ADVICE =
      "Remove RoleName from the template or choose another one, or delete that role if nobody uses"
          + " it.";

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public EndpointRole(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /** Returns the existing role with this name, where it is not known to be owned. */
  Optional<Conflict> conflict() {
    return find().flatMap(this::conflict);
  }

  private Optional<Conflict> conflict(Role role) {
    return Conflict.of(
        ownership.of(role), "role %s (%s)".formatted(role.roleName(), role.arn()), ADVICE);
  }

  /**
   * Returns the step for a role that probably does not exist: it creates the role without a query
   * and continues with an existing one where the name is taken.
   */
  public Step createFirst() {
    return progress ->
        progress.context().accessCreatedAt() == null
            ? create(progress, () -> run(progress))
            : run(progress);
  }

  /** Creates the role, or ensures boundary and tags of an existing one. */
  @Override
  public Progress run(Progress progress) {
    var found = find();
    if (found.isEmpty()) {
      // Another caller may create it first, or IAM may not show the result of an earlier call yet.
      return create(
          progress, () -> progress.waitFor(Propagation.of("role " + resource.names().roleName())));
    }
    var notOwned = conflict(found.get()).flatMap(c -> c.waitUnlessOwned(progress));
    if (notOwned.isPresent()) {
      return notOwned.get();
    }
    ensureBoundary(found.get());
    ensureTags(found.get());
    return rememberTrustedId(found.get(), progress);
  }

  /** Keeps the external id in the trust policy, so that no later step has to query it. */
  private Progress rememberTrustedId(Role role, Progress progress) {
    var document = DataLakeAccount.trustOf(role);
    return TrustPolicy.externalIdIn(document)
        .filter(id -> resource.trust().isFinished(document, id))
        .map(id -> progress.with(progress.context().withTrustedId(id)))
        .orElse(progress);
  }

  private Optional<Role> find() {
    return resource.dataLake().findRole(resource.names().roleName());
  }

  private Progress create(Progress progress, Supplier<Progress> ifExists) {
    var names = resource.names();
    var request =
        CreateRoleRequest.builder()
            .roleName(names.roleName())
            .path(names.path())
            .description(resource.description())
            .assumeRolePolicyDocument(resource.trust().opening())
            .permissionsBoundary(resource.roles().boundary().arn().orElse(null))
            .tags(TagSet.toIam(resource.managedTags().ofAccess()))
            .build();
    try {
      resource.dataLake().createRole(request);
    } catch (AwsCallException e) {
      if (!e.is(EntityAlreadyExistsException.class)) {
        throw e;
      }
      return ifExists.get();
    }
    return progress.with(progress.context().withAccessCreatedAt(progress.now()));
  }

  /**
   * Ensures the permissions boundary. A boundary that this update changes is always set: where IAM
   * already shows it, the answer may be older than the last change, which this update reverts.
   */
  private void ensureBoundary(Role role) {
    var desired = resource.roles().boundary().arn();
    var existing =
        Optional.ofNullable(role.permissionsBoundary())
            .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    if (desired.equals(existing) && !resource.changesBoundary()) {
      return;
    }
    desired.ifPresentOrElse(
        arn -> resource.dataLake().putBoundary(role.roleName(), arn),
        () -> resource.dataLake().deleteBoundary(role.roleName()));
  }

  private void ensureTags(Role role) {
    var existing = DataLakeAccount.tagsOf(role);
    // Obsolete tags first: the tag that lists them is updated afterwards.
    var obsolete = resource.managedTags().obsoleteOfAccess(existing);
    if (!obsolete.isEmpty()) {
      resource.dataLake().untagRole(role.roleName(), obsolete);
    }
    var missing = resource.managedTags().missingOfAccess(existing);
    if (!missing.isEmpty()) {
      resource.dataLake().tagRole(role.roleName(), TagSet.toIam(missing));
    }
  }
}
