package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/** Checks of the accounts, roles and boundary of an environment. */
final class EnvironmentChecks {

  private static final List<Action> HANDLERS =
      List.of(Action.READ, Action.CREATE, Action.UPDATE, Action.DELETE, Action.LIST);

  private EnvironmentChecks() {}

  static List<Finding> accounts(EnvironmentAccounts environment) {
    var dms = environment.dmsAccount();
    var lake = environment.lakeAccount();
    return environment.check(
        "accounts",
        target -> {
          if (!environment.boundaryIsOfItsAccount()) {
            target.broken(
                "PermissionsBoundaryArn is in account %s, DataLakeRoleArn in %s: a boundary is of the account of its roles"
                    .formatted(EndpointNames.accountOf(environment.boundary().orElseThrow()), lake),
                environment.context().fix().setTypeConfiguration());
          } else if (dms.equals(lake)) {
            target.unknown(
                "DMS %s, data lake %s: the same, so that nothing here crosses accounts"
                    .formatted(dms, lake));
          } else {
            target.ok("DMS %s, data lake %s".formatted(dms, lake));
          }
        });
  }

  static List<Finding> dmsRole(EnvironmentAccounts environment) {
    return environment
        .dmsRole()
        .map(arn -> new RoleCheck(environment, true, arn).findings())
        .orElse(List.of());
  }

  static List<Finding> dataLakeRole(EnvironmentAccounts environment) {
    return new RoleCheck(environment, false, environment.lakeRole()).findings();
  }

  static List<Finding> boundary(EnvironmentAccounts environment) {
    var boundary = environment.boundary().filter(arn -> environment.boundaryIsOfItsAccount());
    return environment.check(
        "boundary", target -> boundary.ifPresent(arn -> requireBoundary(environment, target, arn)));
  }

  private static void requireBoundary(
      EnvironmentAccounts environment, CheckTarget target, String arn) {
    var context = environment.context();
    var iam = context.iam(environment.lakeRole(), Optional.of(environment.name()));
    try {
      iam.getPolicy(r -> r.policyArn(arn));
      target.ok(EndpointNames.lastPartOf(arn) + " is there");
    } catch (NoSuchEntityException e) {
      target.broken(
          arn + " is not there: no role can be made",
          context.fix().dataLakeAccount(environment.lakeAccount()));
    }
  }

  /**
   * Checks of a role: it can be assumed as the type assumes it, in the sessions of each handler
   * with their session policies and the external id, and not without the external id; and it may do
   * what the handlers do. Nothing is called in the sessions of handlers.
   */
  private record RoleCheck(EnvironmentAccounts environment, boolean isDms, String roleArn) {

    private List<Finding> findings() {
      var name = isDms ? "DMS role" : "data-lake role";
      var assumed = environment.check(name, this::assume);
      var findings = new ArrayList<>(assumed);
      if (externalId() != null && assumed.get(0).verdict() == Finding.Verdict.OK) {
        findings.addAll(environment.check(name + ", external id", this::assumeWithoutExternalId));
      }
      findings.addAll(environment.check(name + ", permissions", this::simulate));
      return findings;
    }

    private CheckContext context() {
      return environment.context();
    }

    private String externalId() {
      return environment.environment().getAssumeRoleExternalId();
    }

    private void assume(CheckTarget target) {
      for (var action : HANDLERS) {
        try {
          openSession(action);
        } catch (AwsCallException e) {
          refused(target, action, e);
          return;
        }
      }
      target.ok(
          EndpointNames.lastPartOf(roleArn) + " can be assumed, in the sessions of all handlers");
    }

    private void openSession(Action action) {
      var sessions = context().sessions(action);
      var name = Optional.of(environment.name());
      var example = environment.example();
      if (isDms && action == Action.LIST) {
        sessions.dms(roleArn, name, environment.dmsAccount(), null, null);
      } else if (isDms) {
        sessions.dms(
            roleArn, name, environment.dmsAccount(), example.endpointArn(), example.roleArn());
      } else if (action != Action.LIST) {
        // A list does not call data-lake accounts.
        sessions.dataLake(roleArn, name, example);
      }
    }

    private void refused(CheckTarget target, Action action, AwsCallException e) {
      var says = CheckTarget.describe(e.failure());
      var actor = context().actor();
      if (!e.isAnswered() || e.isThrottling()) {
        target.notChecked(e.failure());
      } else if (!actor.isTheType()) {
        target.unknown(
            "not checked: %s is not the type's execution role, and AWS says: %s"
                .formatted(actor.arn(), says));
      } else {
        target.broken(
            "%s can't be assumed%s: %s"
                .formatted(
                    roleArn,
                    action == HANDLERS.get(0)
                        ? ""
                        : " in the session of a " + action.name().toLowerCase(Locale.ROOT),
                    says),
            // Otherwise the session policy is at fault, which has names and path of the file.
            e.isDenialOf("sts") ? deploy() : context().fix().setTypeConfiguration());
      }
    }

    private void assumeWithoutExternalId(CheckTarget target) {
      try {
        context().assume(roleArn, null);
        target.broken(
            roleArn + " can be assumed without the AssumeRoleExternalId of the environment",
            deploy());
      } catch (StsException e) {
        if (!isDenial(e)) {
          throw e;
        }
        target.ok("it can't be assumed without the external id");
      }
    }

    private static boolean isDenial(AwsServiceException e) {
      return new AwsCallException("sts:AssumeRole", "the doctor", e).isDenialOf("sts");
    }

    private void simulate(CheckTarget target) {
      var fix = context().fix();
      var simulation =
          new PolicySimulation(context().iam(roleArn, Optional.of(environment.name())), roleArn)
              .in(HandlerPermissions.conditionKeys(environment));
      if (isDms) {
        HandlerPermissions.simulateDms(simulation, environment);
      } else {
        HandlerPermissions.simulateDataLake(simulation, environment);
      }
      simulation.report(
          target,
          "it may do all that the handlers do",
          isDms
              ? fix.dmsAccount(environment.dmsAccount())
              : fix.dataLakeAccount(environment.lakeAccount()));
    }

    private String deploy() {
      var account = EndpointNames.accountOf(roleArn);
      var overrides =
          new String[] {
            "TypeAccountIds=" + context().caller().account(),
            externalId() == null ? "" : "AssumeRoleExternalId=" + externalId()
          };
      return isDms
          ? context().fix().dmsAccount(account, overrides)
          : context().fix().dataLakeAccount(account, overrides);
    }
  }
}
