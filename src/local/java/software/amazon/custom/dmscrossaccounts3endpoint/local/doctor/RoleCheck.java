package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Whether a role of an environment can be assumed as the type assumes it: in the sessions of each
 * handler, with their session policies and the external id; and not without the external id.
 * Nothing is done in these sessions.
 */
final class RoleCheck implements Check {

  private static final List<Action> HANDLERS =
      List.of(Action.READ, Action.CREATE, Action.UPDATE, Action.DELETE, Action.LIST);

  /** Which of an environment's roles. */
  enum Which {
    DATA_LAKE("data-lake role"),
    DMS("DMS role");

    private final String words;

    Which(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private final Pair pair;
  private final Which which;
  private final String roleArn;

  RoleCheck(Pair pair, Which which, String roleArn) {
    this.pair = pair;
    this.which = which;
    this.roleArn = roleArn;
  }

  @Override
  public List<Finding> findings() {
    var subject = pair.subject(which.words());
    return subject.look(() -> assume(subject));
  }

  private List<Finding> assume(Subject subject) {
    for (var action : HANDLERS) {
      try {
        open(action);
      } catch (AwsCallException e) {
        return List.of(refused(subject, action, e));
      }
    }
    var findings = new ArrayList<Finding>();
    findings.add(
        subject.ok(
            EndpointNames.lastPartOf(roleArn)
                + " can be assumed, in the sessions of all handlers"));
    if (pair.environment().getAssumeRoleExternalId() != null) {
      var withoutId = pair.subject(which.words() + ", external id");
      findings.addAll(withoutId.look(() -> List.of(assumeWithoutId(withoutId))));
    }
    return findings;
  }

  private void open(Action action) {
    var sessions = pair.examination().sessions(action);
    var environment = Optional.of(pair.name());
    var example = pair.example();
    if (which == Which.DMS) {
      var isList = action == Action.LIST;
      sessions.dms(
          roleArn,
          environment,
          pair.dmsAccount(),
          isList ? null : example.endpointArn(),
          isList ? null : example.roleArn());
    } else if (action != Action.LIST) {
      // A list does not look into data-lake accounts.
      sessions.dataLake(roleArn, environment, example);
    }
  }

  private Finding refused(Subject subject, Action action, AwsCallException e) {
    var actor = pair.examination().actor();
    if (!e.isAnswered() || e.isThrottling()) {
      return subject.notChecked(e);
    }
    if (!actor.isTheType()) {
      return subject.unknown(
          "not checked: %s is not the type's execution role, and AWS says: %s"
              .formatted(actor.name(), AwsCalls.whatAwsSays(e)));
    }
    var inWhichSession =
        action == HANDLERS.get(0)
            ? ""
            : " in the session of a " + action.name().toLowerCase(Locale.ROOT);
    return subject.broken(
        "%s can't be assumed%s: %s".formatted(roleArn, inWhichSession, AwsCalls.whatAwsSays(e)),
        e.isDenialOf("sts")
            ? deploy()
            // The session policy is at fault: the names and the path in it are those of the file.
            : pair.examination()
                .remedies()
                .setTypeConfiguration(pair.examination().caller().account()));
  }

  private Finding assumeWithoutId(Subject subject) {
    try {
      pair.examination().readers().open(roleArn, null);
    } catch (AwsCallException e) {
      if (e.isDenialOf("sts")) {
        return subject.ok("it can't be assumed without the external id");
      }
      throw e;
    }
    return subject.broken(
        roleArn + " can be assumed without the AssumeRoleExternalId of the environment", deploy());
  }

  private String deploy() {
    var remedies = pair.examination().remedies();
    var account = EndpointNames.accountOf(roleArn);
    var overrides =
        pair.environment().getAssumeRoleExternalId() == null
            ? new String[] {"TypeAccountIds=" + pair.examination().caller().account()}
            : new String[] {
              "TypeAccountIds=" + pair.examination().caller().account(),
              "AssumeRoleExternalId=" + pair.environment().getAssumeRoleExternalId()
            };
    return which == Which.DMS
        ? remedies.dmsAccount(account, overrides)
        : remedies.dataLakeAccount(account, overrides);
  }
}
