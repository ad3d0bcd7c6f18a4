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
 * The endpoint's role in the data-lake account, with its boundary and its tags: step 2 of the
 * manual procedure. Its trust policy is a step of its own, {@link EndpointTrust}.
 */
public final class EndpointRole implements Step {

  private static final String ADVICE =
      "Leave RoleName out of the template or choose another one, or delete that role if nothing"
          + " uses it.";

  private final Resource resource;
  private final Ownership ownership;

  /** Creates the step. */
  public EndpointRole(Resource resource, Ownership ownership) {
    this.resource = resource;
    this.ownership = ownership;
  }

  /** Returns the role that has the name and is not known to be this resource's. */
  Optional<Conflict> conflict() {
    return find().flatMap(this::conflict);
  }

  private Optional<Conflict> conflict(Role role) {
    return Conflict.of(
        ownership.of(role), "a role %s (%s)".formatted(role.roleName(), role.arn()), ADVICE);
  }

  /**
   * Returns the step for a role that is not there yet: it creates the role without looking for it
   * first, and continues with an own one that has the name.
   */
  public Step createFirst() {
    return progress ->
        progress.context().accessCreatedAt() == null
            ? create(progress, () -> run(progress))
            : run(progress);
  }

  /** Creates the role, or brings boundary and tags of the one that is there to what is wanted. */
  @Override
  public Progress run(Progress progress) {
    var found = find();
    if (found.isEmpty()) {
      // Somebody was faster, or an earlier call took effect and IAM does not show it everywhere.
      return create(
          progress, () -> progress.waitFor(Propagation.of("role " + resource.names().roleName())));
    }
    var refused = refused(found.get(), progress);
    if (refused.isPresent()) {
      return refused.get();
    }
    bringBoundary(found.get());
    bringTags(found.get());
    return trusting(found.get(), progress);
  }

  /** Keeps which external id the trust policy asks for, so that nobody has to look again. */
  private Progress trusting(Role role, Progress progress) {
    var document = DataLakeAccount.trustOf(role);
    return TrustPolicy.externalIdIn(document)
        .filter(id -> resource.trust().isFinished(document, id))
        .map(id -> progress.with(progress.context().withTrustedId(id)))
        .orElse(progress);
  }

  private Optional<Role> find() {
    return resource.dataLake().findRole(resource.names().roleName());
  }

  private Optional<Progress> refused(Role role, Progress progress) {
    return conflict(role)
        .flatMap(c -> Ownership.refused(c.verdict(), progress, c.name(), c.advice()));
  }

  private Progress create(Progress progress, Supplier<Progress> whereItExists) {
    var names = resource.names();
    var request =
        CreateRoleRequest.builder()
            .roleName(names.roleName())
            .path(names.path())
            .description(resource.description())
            .assumeRolePolicyDocument(resource.trust().opening())
            .permissionsBoundary(resource.roles().boundary().arn().orElse(null))
            .tags(TagSet.toIam(resource.accessTags()))
            .build();
    try {
      resource.dataLake().createRole(request);
    } catch (AwsCallException e) {
      if (!e.is(EntityAlreadyExistsException.class)) {
        throw e;
      }
      return whereItExists.get();
    }
    return progress.with(progress.context().withAccessCreatedAt(progress.now()));
  }

  /**
   * What the template has just changed is set although IAM shows it so: the answer may be older
   * than what is taken back.
   */
  private void bringBoundary(Role role) {
    var wanted = resource.roles().boundary().arn();
    var held =
        Optional.ofNullable(role.permissionsBoundary())
            .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    if (wanted.equals(held) && !resource.changesBoundary()) {
      return;
    }
    wanted.ifPresentOrElse(
        arn -> resource.dataLake().putBoundary(role.roleName(), arn),
        () -> resource.dataLake().deleteBoundary(role.roleName()));
  }

  private void bringTags(Role role) {
    var held = DataLakeAccount.tagsOf(role);
    // First what is removed: afterwards it is no longer on record.
    var obsolete = resource.obsoleteAccessTags(held);
    if (!obsolete.isEmpty()) {
      resource.dataLake().untagRole(role.roleName(), obsolete);
    }
    var missing = resource.missingAccessTags(held);
    if (!missing.isEmpty()) {
      resource.dataLake().tagRole(role.roleName(), TagSet.toIam(missing));
    }
  }
}
