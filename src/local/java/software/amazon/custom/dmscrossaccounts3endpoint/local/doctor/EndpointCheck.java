package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;

/** Whether an endpoint, its role and its policy are whole and as the type left them. */
record EndpointCheck(Examination examination, FoundEndpoint found) implements Check {

  private static final Set<String> UNDER_WAY = Set.of("creating", "modifying", "deleting");

  private Subject subject() {
    return new Subject(
        found.mark(Marks.ENVIRONMENT), "endpoint " + found.endpoint().endpointIdentifier());
  }

  @Override
  public List<Finding> findings() {
    var subject = subject();
    if (UNDER_WAY.contains(found.status())) {
      return List.of(
          subject.unknown(
              "not checked: it is %s; run the doctor again when that is over"
                  .formatted(found.status())));
    }
    var findings = new ArrayList<>(ofItself(subject));
    if (found.ownRole().isEmpty()) {
      findings.add(
          subject.unknown(
              "its role was not made by the type, and is not looked at: %s"
                  .formatted(found.serviceRole().orElse("none"))));
      return findings;
    }
    var inspected = InspectedEndpoint.of(examination, found, subject);
    findings.addAll(new EndpointRoleCheck(inspected).findings());
    findings.addAll(new EndpointPolicyCheck(inspected).findings());
    if (findings.isEmpty()) {
      findings.addAll(new WritePermissionsCheck(inspected).findings());
    }
    return findings.isEmpty()
        ? List.of(subject.ok(found.status() + "; role, trust, boundary and policy are whole"))
        : findings;
  }

  private List<Finding> ofItself(Subject subject) {
    var findings = new ArrayList<Finding>();
    var arn = found.endpoint().endpointArn();
    var update = examination.remedies().update(arn);
    if (!found.status().equals("active")) {
      findings.add(subject.broken("its status is " + found.status(), update));
    } else if (found.isUnfinished()) {
      findings.add(subject.broken("its external id was never learned", update));
    }
    if (!Marks.areOn(found.tags(), arn)) {
      findings.add(
          subject.broken(
              "it does not carry the mark, so that the type leaves it alone",
              examination.remedies().markEndpoint(arn, account())));
    }
    found
        .mark(Marks.ENVIRONMENT)
        .filter(name -> examination.environments().find(name).isEmpty())
        .ifPresent(
            name ->
                findings.add(
                    subject.broken(
                        "its environment %s is not in %s"
                            .formatted(name, examination.remedies().file()),
                        examination
                            .remedies()
                            .setTypeConfiguration(examination.caller().account()))));
    return findings;
  }

  private String account() {
    return EndpointNames.accountOf(found.endpoint().endpointArn());
  }
}
