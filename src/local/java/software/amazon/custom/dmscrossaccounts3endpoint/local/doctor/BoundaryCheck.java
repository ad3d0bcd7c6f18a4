package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/** Whether the permissions boundary of an environment is there. */
record BoundaryCheck(Pair pair) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = pair.subject("boundary");
    return pair.boundary()
        .filter(arn -> pair.boundaryIsOfItsAccount())
        .map(arn -> subject.look(() -> List.of(find(subject, arn))))
        .orElse(List.of());
  }

  private Finding find(Subject subject, String arn) {
    var iam = pair.examination().readers().of(pair.lakeRole(), Optional.of(pair.name()));
    try {
      AwsCalls.made("iam:GetPolicy", pair.lakeRole(), () -> iam.getPolicy(r -> r.policyArn(arn)));
      return subject.ok(EndpointNames.lastPartOf(arn) + " is there");
    } catch (AwsCallException e) {
      if (e.is(NoSuchEntityException.class)) {
        return subject.broken(
            arn + " is not there: no role can be made",
            pair.examination().remedies().dataLakeAccount(pair.lakeAccount()));
      }
      throw e;
    }
  }
}
