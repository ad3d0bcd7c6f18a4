package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The roles and policies of one account, as they are and as they were. */
public final class IamAccount {
  private final Map<String, Timeline<Role>> roles = new TreeMap<>();
  private final Map<String, Timeline<ManagedPolicy>> policies = new TreeMap<>();

  /** Another account with the same roles and policies. */
  IamAccount copy() {
    var copy = new IamAccount();
    copy.roles.putAll(roles);
    copy.policies.putAll(policies);
    return copy;
  }

  public Optional<Role> role(String name) {
    return Optional.ofNullable(roles.get(Arns.ignoringCase(name))).flatMap(Timeline::latest);
  }

  /** The role with exactly this ARN: its path counts, its name's case does too. */
  public Optional<Role> role(String name, Instant asOf) {
    return Optional.ofNullable(roles.get(Arns.ignoringCase(name))).flatMap(t -> t.asOf(asOf));
  }

  public Optional<Role> roleByArn(String arn) {
    return role(Arns.nameOf(arn)).filter(role -> role.arn().equals(arn));
  }

  public Optional<Role> roleByArn(String arn, Instant asOf) {
    return Optional.ofNullable(roles.get(Arns.ignoringCase(Arns.nameOf(arn))))
        .flatMap(timeline -> timeline.asOf(asOf))
        .filter(role -> role.arn().equals(arn));
  }

  public List<Role> roles() {
    return latest(roles.values());
  }

  public void put(Instant at, Role role) {
    roles.merge(
        Arns.ignoringCase(role.name()),
        Timeline.<Role>empty().with(at, role),
        (before, after) -> before.with(at, role));
  }

  public void remove(Instant at, Role role) {
    roles.computeIfPresent(
        Arns.ignoringCase(role.name()), (name, timeline) -> timeline.without(at));
  }

  public Optional<ManagedPolicy> policy(String arn) {
    return Optional.ofNullable(policies.get(arn)).flatMap(Timeline::latest);
  }

  public Optional<ManagedPolicy> policy(String arn, Instant asOf) {
    return Optional.ofNullable(policies.get(arn)).flatMap(timeline -> timeline.asOf(asOf));
  }

  public List<ManagedPolicy> policies() {
    return latest(policies.values());
  }

  public void put(Instant at, ManagedPolicy policy) {
    policies.merge(
        policy.arn(),
        Timeline.<ManagedPolicy>empty().with(at, policy),
        (before, after) -> before.with(at, policy));
  }

  public void remove(Instant at, ManagedPolicy policy) {
    policies.computeIfPresent(policy.arn(), (arn, timeline) -> timeline.without(at));
  }

  public List<Role> rolesWith(String policyArn) {
    return roles().stream().filter(role -> role.attached().contains(policyArn)).toList();
  }

  public List<Role> rolesBoundedBy(String policyArn) {
    return roles().stream().filter(role -> policyArn.equals(role.boundary())).toList();
  }

  private static <T> List<T> latest(Collection<Timeline<T>> timelines) {
    return timelines.stream().flatMap(timeline -> timeline.latest().stream()).toList();
  }
}
