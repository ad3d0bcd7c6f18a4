package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.cloudformation.model.LoggingConfig;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/** Whether CloudFormation may write the type's log and metrics as the role that is registered. */
record LoggingRoleCheck(Examination examination) implements Check {

  @Override
  public List<Finding> findings() {
    var subject = Subject.ofNone("logging role");
    return subject.look(
        () ->
            examination
                .registration()
                .described()
                .map(type -> type.loggingConfig())
                .filter(logging -> logging.logRoleArn() != null)
                .map(logging -> List.of(ask(subject, logging)))
                .orElse(List.of()));
  }

  private Finding ask(Subject subject, LoggingConfig logging) {
    var account = examination.caller().account();
    try (var iam = examination.clients().iam(examination.caller().credentials())) {
      return new PolicySimulation(iam, examination.caller().arn(), logging.logRoleArn())
          .in(
              Map.of(
                  "cloudwatch:namespace", "AWS/CloudFormation/doctor",
                  "aws:RequestedRegion", examination.region(),
                  "aws:SecureTransport", "true"))
          .of(
              "*",
              List.of(
                  "cloudwatch:ListMetrics", "cloudwatch:PutMetricData", "logs:DescribeLogGroups"))
          .of(group(logging, ""), List.of("logs:CreateLogGroup"))
          .of(group(logging, ":log-stream:"), List.of("logs:DescribeLogStreams"))
          .of(
              group(logging, ":log-stream:doctor"),
              List.of("logs:CreateLogStream", "logs:PutLogEvents"))
          .finding(
              subject,
              "%s may write to log group %s"
                  .formatted(
                      EndpointNames.lastPartOf(logging.logRoleArn()), logging.logGroupName()),
              examination.remedies().typeRoles(account, "LogGroupName=" + logging.logGroupName()));
    } catch (AwsCallException e) {
      if (e.is(NoSuchEntityException.class)) {
        return subject.broken(
            logging.logRoleArn() + " is not there", examination.remedies().typeRoles(account));
      }
      throw e;
    }
  }

  private String group(LoggingConfig logging, String stream) {
    return Arn.builder()
        .partition(examination.partition())
        .service("logs")
        .region(examination.region())
        .accountId(examination.caller().account())
        .resource("log-group:" + logging.logGroupName() + stream)
        .build()
        .toString();
  }
}
