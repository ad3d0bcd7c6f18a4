package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/** Whether the type's execution role may do what the handlers do as that role. */
record ExecutionRoleCheck(Examination examination) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = Subject.ofNone("execution role");
    var role = examination.registration().executionRole();
    if (role.isEmpty()) {
      return List.of();
    }
    return subject.look(() -> List.of(ask(subject, role.get())));
  }

  private Finding ask(Subject subject, String role) {
    var account = examination.caller().account();
    try (var iam = examination.clients().iam(examination.caller().credentials())) {
      var simulation = new PolicySimulation(iam, examination.caller().arn(), role);
      examination.pairs().forEach(pair -> ask(simulation, pair));
      return simulation.finding(
          subject,
          EndpointNames.lastPartOf(role) + " may do all that the handlers do as it",
          examination.remedies().typeRoles(account, roles()));
    } catch (AwsCallException e) {
      if (e.is(NoSuchEntityException.class)) {
        return subject.broken(role + " is not there", examination.remedies().typeRoles(account));
      }
      throw e;
    }
  }

  private void ask(PolicySimulation simulation, Pair pair) {
    simulation.in(HandlerActions.context(pair));
    Stream.concat(Stream.of(pair.lakeRole()), pair.dmsRole().stream())
        .forEach(arn -> simulation.of(arn, List.of("sts:AssumeRole")));
    if (pair.dmsRole().isEmpty()) {
      HandlerActions.askInDms(simulation, pair);
    } else {
      HandlerActions.askForList(simulation, examination.caller().account(), pair.example());
    }
  }

  /** The parameters of the template that say what the role may reach. */
  private String[] roles() {
    var pairs = examination.pairs();
    var overrides = new ArrayList<String>();
    overrides.add("TypeName=" + examination.remedies().typeName());
    overrides.add("DataLakeRoleArns=" + joined(pairs.stream().map(Pair::lakeRole)));
    if (pairs.stream().anyMatch(pair -> pair.dmsRole().isPresent())) {
      overrides.add("DmsRoleArns=" + joined(pairs.stream().flatMap(p -> p.dmsRole().stream())));
    }
    if (pairs.stream().anyMatch(pair -> pair.dmsRole().isEmpty())) {
      overrides.add(
          "EndpointRoleArns='%s'"
              .formatted(
                  joined(
                      pairs.stream()
                          .filter(pair -> pair.dmsRole().isEmpty())
                          .map(pair -> pair.example().withRoleName("*").roleArn()))));
    }
    return overrides.toArray(String[]::new);
  }

  private static String joined(Stream<String> arns) {
    return String.join(",", arns.distinct().toList());
  }
}
