package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Wait;

/** Whether a data-lake account holds roles and policies of the type that no endpoint uses. */
record OrphanCheck(Pair pair, EndpointCensus census) implements Check {

  /** A create makes role and policy before the endpoint. */
  private static final Duration CREATE = ResourceSchema.ofThisType().timeout(Action.CREATE);

  @Override
  public List<Finding> findings() {
    var subject = pair.subject("orphans");
    return subject.look(
        () -> {
          var findings =
              new Orphans(pair, census)
                  .find().stream().flatMap(remains -> judge(subject, remains).stream()).toList();
          return findings.isEmpty()
              ? List.of(subject.ok("none under " + pair.path() + " of account " + account()))
              : findings;
        });
  }

  private String account() {
    return pair.lakeAccount();
  }

  private Optional<Finding> judge(Subject subject, Orphans.Remains remains) {
    if (remains.endpointArn().isEmpty()) {
      return Optional.of(
          subject.broken(
              "%s carries no mark, and no endpoint uses it".formatted(remains.names()),
              remains.roles().isEmpty()
                  ? remedies().lookAtPolicy(remains.policies().get(0), account())
                  : remedies().lookAtRole(remains.roles().get(0).name(), account())));
    }
    var arn = remains.endpointArn().get();
    if (Arn.tryFromString(arn)
        .flatMap(Arn::region)
        .filter(pair.examination().region()::equals)
        .isEmpty()) {
      // Of an endpoint of another Region, whose registration has a doctor of its own.
      return Optional.empty();
    }
    var account = EndpointNames.accountOf(arn);
    if (!census.knows(account) && pair.examination().leavesOut(account)) {
      return Optional.empty();
    }
    if (!census.knows(account)) {
      return Optional.of(
          subject.unknown(
              "not checked: %s is of %s, whose account was not looked at"
                  .formatted(remains.names(), arn)));
    }
    if (remains.newest().plus(CREATE).isAfter(pair.examination().now().get())) {
      return Optional.of(
          subject.unknown(
              "%s was made within the last %s for %s, which is not there: a create may be under way"
                  .formatted(remains.names(), Wait.inWords(CREATE), arn)));
    }
    return Optional.of(
        subject.broken(
            "%s is left of %s; where its stack still has it, update the stack, else delete it"
                .formatted(remains.names(), arn),
            remedies().deleteOrphans(remains, account())));
  }

  private Remedies remedies() {
    return pair.examination().remedies();
  }
}
