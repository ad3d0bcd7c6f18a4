package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;

/** Roles through the type configuration, with the endpoint in an account other than the stack's. */
class EnvironmentTest {

  private static final String OTHER_DMS = "777788889999";

  private final TwoAccounts accounts =
      TwoAccounts.start(b -> b.account(OTHER_DMS).allowList(OTHER_DMS, TwoAccounts.LAKE));
  private final String dmsRole =
      accounts
          .aws()
          .createAssumableRole(
              OTHER_DMS, "dms@admin", "arn:aws:iam::" + TwoAccounts.DMS + ":root", "secret-id");

  EnvironmentTest() {
    accounts
        .aws()
        .createAssumableRole(
            TwoAccounts.LAKE,
            "lake,admin",
            "arn:aws:iam::" + TwoAccounts.DMS + ":root",
            "secret-id");
    accounts.clock().advance(Duration.ofMinutes(5));
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  private ObjectNode configuration() {
    return json(
        """
        {'Environments': [
          {'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/lake,admin', 'DmsRoleArn': '%s',
           'AssumeRoleExternalId': 'secret-id', 'PermissionsBoundaryArn': 'arn:aws:iam::aws:policy/AmazonS3FullAccess'}],
         'DefaultEnvironment': 'dev'}
        """
            .formatted(dmsRole));
  }

  private CloudFormation cloudFormation() {
    return accounts.cloudFormation(b -> b.typeConfiguration(configuration()));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anEndpointLivesInTheAccountsOfItsEnvironment(boolean named) {
    var model = json("{'S3Settings': {'BucketName': 'example-data-lake'}}");
    if (named) {
      model.put("Environment", "dev");
    }
    var created = succeeded(cloudFormation().create(model));

    assertThat(created.get("EndpointArn").asText()).contains(":" + OTHER_DMS + ":");
    assertThat(created.get("Environment").asText()).isEqualTo("dev");
    assertThat(created.get("PermissionsBoundaryArn").asText()).contains("AmazonS3FullAccess");
    assertThat(accounts.aws().endpoints(OTHER_DMS)).hasSize(1);
    var identifier = byArn(created);
    assertThat(succeeded(cloudFormation().read(identifier))).isEqualTo(created);
    assertThat(cloudFormation().list().stream().flatMap(p -> p.models().stream()))
        .extracting(m -> m.get("EndpointArn"))
        .containsExactly(created.get("EndpointArn"));

    var wanted = model.deepCopy().put("EndpointArn", created.get("EndpointArn").asText());
    ((ObjectNode) wanted.get("S3Settings")).put("BucketFolder", "other");
    var updated = succeeded(cloudFormation().update(wanted, model));
    assertThat(updated.get("EndpointIdentifier")).isEqualTo(created.get("EndpointIdentifier"));
    assertThat(updated.get("EndpointArn")).isEqualTo(created.get("EndpointArn"));

    succeeded(cloudFormation().delete(identifier));
    accounts.clock().advance(Duration.ofMinutes(1));
    assertThat(accounts.aws().endpoints(OTHER_DMS)).isEmpty();
    assertThat(accounts.roles()).extracting(r -> r.name()).containsExactly("lake,admin");
    assertThat(accounts.policies()).isEmpty();
  }

  @Test
  void anEnvironmentThatIsNotConfiguredIsNamed() {
    var outcome =
        cloudFormation()
            .create(json("{'Environment': 'prod', 'S3Settings': {'BucketName': 'lake'}}"));
    assertThat(outcome.failedWith(HandlerErrorCode.InvalidRequest)).isTrue();
    assertThat(outcome.message()).contains("prod", "dev");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Environments': [{'Name': 'dev'}]} | dev",
        "{'Environments': [{'Name': 'a b', 'DataLakeRoleArn': 'x'}]} | a b",
        "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:s3:::bucket'}]} | dev",
        "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': 'arn:aws-cn:iam::444455556666:role/x'}]} | dev",
        "{'DefaultEnvironment': 'prod'} | prod",
        "{'DefaultOptions': {'Path': 'platform'}} | Path of DefaultOptions",
        "{'DefaultOptions': {'ServicePrincipals': ['ec2.amazonaws.com']}} | ServicePrincipals",
        "{'DefaultOptions': {'ServicePrincipals': []}} | ServicePrincipals",
        "{'DefaultOptions': {'HandshakeTimeoutMinutes': 0}} | HandshakeTimeoutMinutes",
        "{'DefaultOptions': {'HandshakeTimeoutMinutes': 46}} | HandshakeTimeoutMinutes",
        "{'DefaultOptions': {'Tags': [{'Key': 'aws:x', 'Value': ''}]}} | Tags",
        "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/x', 'Options': {'Description': ''}}]} | Description of the Options of environment \"dev\"",
        "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/x', 'AssumeRoleExternalId': '!'}]} | dev",
        "{'Environments': [{'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/x'}, {'Name': 'dev', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/y'}]} | dev",
      })
  void aWrongTypeConfigurationNamesTheEntry(String configuration, String named) {
    var outcome =
        accounts
            .cloudFormation(b -> b.typeConfiguration(json(configuration)))
            .create(json("{'Environment': 'dev', 'S3Settings': {'BucketName': 'lake'}}"));
    assertThat(outcome.failedWith(HandlerErrorCode.InvalidTypeConfiguration))
        .as(outcome.toString())
        .isTrue();
    assertThat(outcome.message()).contains(named);
  }
}
