package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.dms;

import java.time.Instant;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyPrincipal;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyStatement;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.BeforePropagation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.DmsRegion;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIds;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * The cross-account handshake: looks at the trust policy that a role really has, as far as its
 * changes have propagated, and says what becomes of the endpoint.
 */
final class TrustCheck {
  /**
   * What becomes of a {@code CreateEndpoint}.
   *
   * @param kept whether the endpoint is there afterwards
   * @param failed whether it is there as {@code failed}
   * @param denied whether the answer is an error nevertheless
   */
  record Outcome(boolean kept, boolean failed, boolean denied) {
    private static final Outcome MADE = new Outcome(true, false, false);
    private static final Outcome ANSWERED = new Outcome(false, false, false);
    private static final Outcome REFUSED = new Outcome(false, false, true);
  }

  /** How a role receives DMS. */
  private enum Trust {
    /** There is no such role, or it does not trust DMS. */
    NONE,
    /** DMS is trusted, but the external id is not asked for or is another one. */
    WITHOUT_ID,
    /** DMS is trusted on the condition of the endpoint's external id. */
    WITH_ID
  }

  private final World world;

  TrustCheck(World world) {
    this.world = world;
  }

  /**
   * @param unsettled whether the id is not the last word, see {@link ExternalIds}
   * @param wasDenied whether a call was denied although its endpoint was kept
   */
  Outcome shake(
      DmsRegion dms,
      String endpointArn,
      String roleArn,
      String externalId,
      boolean unsettled,
      boolean wasDenied) {
    var now = world.now();
    var account = world.arns().accountOfRole(roleArn).orElseThrow();
    if (!world.allowList().allows(dms.account(), account)) {
      return Outcome.REFUSED;
    }
    var keys =
        new ContextKeys()
            .with("sts:ExternalId", externalId)
            .with("aws:PrincipalIsAWSService", "true");
    if (world.options().habits().sourceKeys()) {
      keys.with("aws:SourceAccount", dms.account()).with("aws:SourceArn", endpointArn);
    }
    var seen = seen(roleArn, now, dms.region(), keys);
    if (account.equals(dms.account())) {
      return seen == Trust.NONE ? Outcome.REFUSED : Outcome.MADE;
    }
    if (seen == Trust.WITH_ID && !unsettled) {
      return Outcome.MADE;
    }
    if (isOnItsWay(roleArn, now)) {
      return world.options().beforePropagation() == BeforePropagation.DENIED
          ? Outcome.REFUSED
          : Outcome.ANSWERED;
    }
    if (seen == Trust.NONE) {
      return Outcome.REFUSED;
    }
    return switch (world.options().dialect()) {
      case NOTHING_KEPT, NEW_ID_ON_SECOND_CALL -> Outcome.ANSWERED;
      case KEPT_ACTIVE -> Outcome.MADE;
      case KEPT_FAILED -> new Outcome(true, true, false);
      case DENIED_THEN_FAILED ->
          new Outcome(
              true,
              true,
              !wasDenied
                  || world.options().habits().externalIdShown() != ExternalIdShown.CREATE_ANSWER);
    };
  }

  private Trust seen(String roleArn, Instant now, String region, ContextKeys keys) {
    var role = world.roleSeen(roleArn, now);
    if (role.isEmpty()) {
      return Trust.NONE;
    }
    var trust = role.get().trustPolicy();
    if (isTrusted(trust, region, keys)) {
      return trust.statements().stream()
              .filter(PolicyStatement::allows)
              .filter(statement -> statement.names(principal -> isDms(principal, region)))
              .anyMatch(statement -> statement.isConditionedOn("sts:ExternalId"))
          ? Trust.WITH_ID
          : Trust.WITHOUT_ID;
    }
    var whateverTheId =
        new PolicyDocument(
            trust.statements().stream()
                .map(statement -> statement.withoutConditionsOn("sts:ExternalId"))
                .toList());
    return isTrusted(whateverTheId, region, keys) ? Trust.WITHOUT_ID : Trust.NONE;
  }

  private boolean isTrusted(PolicyDocument trust, String region, ContextKeys keys) {
    return trust.decideFor(principal -> isDms(principal, region), "sts:AssumeRole", keys)
        == PolicyDocument.Decision.ALLOWED;
  }

  /**
   * The service principal, or the Regional one that is documented for other features. In China
   * tools also name one that ends with {@code .cn}.
   */
  private boolean isDms(PolicyPrincipal principal, String region) {
    var only = world.options().habits().servicePrincipal();
    if (only != null) {
      return principal.type().equals("Service") && principal.value().equals(only);
    }
    if (!principal.type().equals("Service")) {
      return false;
    }
    var isChina = world.options().partition().equals("aws-cn");
    var name = isChina ? principal.value().replaceFirst("\\.cn$", "") : principal.value();
    return Set.of("dms.amazonaws.com", "dms." + region + ".amazonaws.com").contains(name);
  }

  /** Whether IAM has another trust policy than the one that has propagated so far. */
  private boolean isOnItsWay(String roleArn, Instant now) {
    return !world
        .roleNow(roleArn)
        .map(Role::trust)
        .equals(world.roleSeen(roleArn, now).map(Role::trust));
  }
}
