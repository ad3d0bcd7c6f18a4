package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.PermissionModels;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationStatus;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationIdentifier;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TypePackages;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;

/**
 * The calls of the scripts of {@code examples/pipeline} for dev, in this JVM: upload, register,
 * configure, register another version and one that fails, roll back. {@code PipelineScriptsIT}
 * compares both.
 */
final class PipelineJob {

  static final String STACK_SET = "dms-s3-endpoint-type-dev";
  static final String CONFIGURATION =
      "{\"Environments\":[{\"Name\":\"dev\",\"DataLakeRoleArn\":\"arn:aws:iam::444455556666:role/r\"}]}";

  private final PipelineAccounts accounts;
  private final LocalCredentials caller;
  private final CloudFormationClient cloudFormation;

  PipelineJob(PipelineAccounts accounts, LocalCredentials caller) {
    this.accounts = accounts;
    this.caller = caller;
    this.cloudFormation = accounts.cloudFormation(caller);
  }

  /** Says what stopped the job. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(String why) {
      super(why);
    }
  }

  /** Runs; empty where everything went as it should. */
  Optional<String> run() {
    try {
      upload("1.zip", TypePackages.named(TypePackages.NAME, "1"));
      upload("2.zip", TypePackages.named(TypePackages.NAME, "2"));
      upload("broken.zip", TypePackages.holding("readme.txt", "x"));
      create("1.zip");
      succeed(instances());
      configure();
      succeed(update("2.zip"));
      fail(update("broken.zip"));
      rollBack();
      return Optional.empty();
    } catch (AwsServiceException | Stopped e) {
      return Optional.of(e.getMessage());
    } finally {
      cloudFormation.close();
    }
  }

  private void upload(String key, byte[] content) {
    try {
      var path = "/" + PipelineAccounts.BUCKETS + "-" + DeployedTemplate.REGION + "/" + key;
      var answer =
          TypePackages.put(accounts.aws().endpoint(), caller, path, content, "If-None-Match", "*");
      if (answer.statusCode() != 200) {
        throw new Stopped(answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Parameter[] parameters(String key) {
    return new Parameter[] {
      parameter("TypeName", TypePackages.NAME),
      parameter("PackageUrl", "s3://" + PipelineAccounts.BUCKETS + "-{Region}/" + key),
      parameter("ExecutionRoleArn", "dms-s3-endpoint-type-execution"),
      parameter("LoggingRoleArn", "dms-s3-endpoint-type-logging")
    };
  }

  private static Parameter parameter(String key, String value) {
    return Parameter.builder().parameterKey(key).parameterValue(value).build();
  }

  private void create(String key) {
    try {
      cloudFormation.describeStackSet(r -> r.stackSetName(STACK_SET));
      throw new Stopped("There is a StackSet already");
    } catch (StackSetNotFoundException wanted) {
      cloudFormation.createStackSet(
          r ->
              r.stackSetName(STACK_SET)
                  .permissionModel(PermissionModels.SELF_MANAGED)
                  .administrationRoleARN(administrationRole("dev"))
                  .executionRoleName("dms-s3-endpoint-stack-sets")
                  .templateBody(template())
                  .parameters(parameters(key)));
    }
  }

  static String administrationRole(String environment) {
    return "arn:aws:iam::"
        + PipelineAccounts.TOOLS
        + ":role/dms-s3-endpoint-stack-sets-"
        + environment;
  }

  static String template() {
    try {
      return Files.readString(Path.of("bootstrap", "register-type.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String instances() {
    cloudFormation.listStackInstances(r -> r.stackSetName(STACK_SET));
    return cloudFormation
        .createStackInstances(
            r ->
                r.stackSetName(STACK_SET)
                    .accounts(PipelineAccounts.ENVIRONMENTS.get("dev"))
                    .regions(DeployedTemplate.REGION))
        .operationId();
  }

  private String update(String key) {
    return cloudFormation
        .updateStackSet(
            r ->
                r.stackSetName(STACK_SET)
                    .administrationRoleARN(administrationRole("dev"))
                    .executionRoleName("dms-s3-endpoint-stack-sets")
                    .templateBody(template())
                    .parameters(parameters(key)))
        .operationId();
  }

  private void succeed(String operation) {
    if (ended(operation) != StackSetOperationStatus.SUCCEEDED) {
      throw new Stopped(reasons(operation));
    }
  }

  private void fail(String operation) {
    if (ended(operation) != StackSetOperationStatus.FAILED
        || !reasons(operation).contains("schema.json")) {
      throw new Stopped("A broken package was not refused: " + reasons(operation));
    }
  }

  private StackSetOperationStatus ended(String operation) {
    while (true) {
      var status =
          cloudFormation
              .describeStackSetOperation(r -> r.stackSetName(STACK_SET).operationId(operation))
              .stackSetOperation()
              .status();
      if (status != StackSetOperationStatus.RUNNING) {
        return status;
      }
      accounts.clock().advance(Duration.ofSeconds(1));
    }
  }

  private String reasons(String operation) {
    return cloudFormation
        .listStackSetOperationResults(r -> r.stackSetName(STACK_SET).operationId(operation))
        .summaries()
        .stream()
        .map(summary -> String.valueOf(summary.statusReason()))
        .collect(Collectors.joining("; "));
  }

  private CloudFormationClient operator() {
    try (var sts = accounts.sts(caller)) {
      var session =
          sts.assumeRole(
                  r ->
                      r.roleArn(
                              "arn:aws:iam::%s:role/dms-s3-endpoint-type-operator"
                                  .formatted(PipelineAccounts.ENVIRONMENTS.get("dev")))
                          .roleSessionName("pipeline"))
              .credentials();
      return accounts.cloudFormation(
          new LocalCredentials(
              session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
    }
  }

  private void configure() {
    try (var operator = operator()) {
      operator.setTypeConfiguration(
          r ->
              r.type("RESOURCE")
                  .typeName(TypePackages.NAME)
                  .configurationAlias("default")
                  .configuration(CONFIGURATION));
      operator.batchDescribeTypeConfigurations(
          r ->
              r.typeConfigurationIdentifiers(
                  TypeConfigurationIdentifier.builder()
                      .type("RESOURCE")
                      .typeName(TypePackages.NAME)
                      .typeConfigurationAlias("default")
                      .build()));
    }
  }

  private void rollBack() {
    try (var operator = operator()) {
      operator.listTypeVersions(r -> r.type(RegistryType.RESOURCE).typeName(TypePackages.NAME));
      operator.setTypeDefaultVersion(
          r -> r.type(RegistryType.RESOURCE).typeName(TypePackages.NAME).versionId("00000001"));
    }
  }
}
