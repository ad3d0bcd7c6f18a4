package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;

/** Whether an endpoint, its role and its policy are whole and as the type left them. */
record EndpointCheck(Examination examination, FoundEndpoint found) implements Check {

  private static final Set<String> UNDER_WAY = Set.of("creating", "modifying", "deleting");

  private Subject subject() {
    return new Subject(
        found.mark(OwnershipTags.ENVIRONMENT), "endpoint " + found.endpoint().endpointIdentifier());
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
    findings.addAll(subject.look(() -> ofRoleAndPolicy(subject, findings.isEmpty())));
    return findings.isEmpty()
        ? List.of(subject.ok(found.status() + "; role, trust, boundary and policy are whole"))
        : findings;
  }

  private List<Finding> ofRoleAndPolicy(Subject subject, boolean isWell) {
    var inspected = InspectedEndpoint.of(examination, found, subject);
    if (inspected.resource().roles().dataLakeRole().isEmpty()) {
      return List.of(
          subject.unknown(
              "not checked: no environment reaches the account of its role %s"
                  .formatted(inspected.roleArn())));
    }
    var findings = new ArrayList<Finding>();
    findings.addAll(new EndpointRoleCheck(inspected).findings());
    findings.addAll(new EndpointPolicyCheck(inspected).findings());
    // Where these have something to say, what the role may do follows from it.
    return isWell && findings.isEmpty()
        ? new WritePermissionsCheck(inspected).findings()
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
    if (!OwnershipTags.match(found.tags(), arn)) {
      findings.add(
          subject.broken(
              "it does not carry the mark, so that the type leaves it alone",
              examination.remedies().markEndpoint(arn, account())));
    }
    found
        .mark(OwnershipTags.ENVIRONMENT)
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
