package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Optional;

/** Whether the roles of an environment may do what the handlers do as them. */
record RolePermissionsCheck(Pair pair, RoleCheck.Which which, String roleArn) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = pair.subject(which.words() + ", permissions");
    return subject.look(() -> List.of(ask(subject)));
  }

  private Finding ask(Subject subject) {
    var examination = pair.examination();
    var simulation =
        new PolicySimulation(
                examination.readers().of(roleArn, Optional.of(pair.name())), roleArn, roleArn)
            .in(HandlerActions.context(pair));
    if (which == RoleCheck.Which.DMS) {
      HandlerActions.askInDms(simulation, pair);
      return simulation.finding(
          subject,
          "it may do all that the handlers do",
          examination.remedies().dmsAccount(pair.dmsAccount()));
    }
    HandlerActions.askInDataLake(simulation, pair);
    return simulation.finding(
        subject,
        "it may do all that the handlers do",
        examination.remedies().dataLakeAccount(pair.lakeAccount()));
  }
}
