package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/** The trust policy of a role that IAM shows late. */
class EndpointTrustTest {

  private static final Fault NOT_THERE = Fault.refused("NoSuchEntity", 404, "It cannot be found.");

  @Test
  void theTrustOfARoleThatIamDoesNotShowYetIsBroughtLater() {
    try (var keeping = TwoAccounts.start(b -> b.dialect(HandshakeDialect.KEPT_ACTIVE))) {
      keeping
          .aws()
          .faults()
          .reset()
          .onOperation("iam", "UpdateAssumeRolePolicy", NOT_THERE.times(3));

      var outcome = keeping.cloudFormation().create(model());

      succeeded(outcome);
      assertThat(outcome.events())
          .anyMatch(e -> e.message().contains("Trying again: iam:UpdateAssumeRolePolicy"));
      keeping.assertOneHealthyEndpoint();
    }
  }
}
