package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;

/** The AWS CLI reads back what the provider made. Skipped where {@code aws} is not on the PATH. */
class AwsCliTest {

  private static JsonNode aws(TwoAccounts accounts, Path program, String account, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    var administrator = accounts.aws().administrator(account);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_ENDPOINT_URL", accounts.aws().endpoint().toString());
    builder.environment().put("AWS_DEFAULT_REGION", "eu-central-1");
    builder.environment().put("AWS_DEFAULT_OUTPUT", "json");
    builder.environment().put("AWS_ACCESS_KEY_ID", administrator.accessKeyId());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", administrator.secretAccessKey());
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var answer = new ObjectMapper().readTree(process.getInputStream());
    assertThat(process.waitFor()).isZero();
    return answer;
  }

  @Test
  void readsBackEndpointRoleAndPolicy() throws Exception {
    var program = Programs.required("aws", "what the AWS CLI reads");
    try (var accounts = TwoAccounts.start()) {
      var created = accounts.cloudFormation().create(model()).model().orElseThrow();

      var endpoint =
          aws(
                  accounts,
                  program,
                  TwoAccounts.DMS,
                  "dms",
                  "describe-endpoints",
                  "--filters",
                  "Name=endpoint-arn,Values=" + created.get("EndpointArn").asText())
              .at("/Endpoints/0");
      assertThat(endpoint.get("ExternalId")).isEqualTo(created.get("ExternalId"));
      assertThat(endpoint.get("Status").asText()).isEqualTo("active");
      assertThat(endpoint.at("/S3Settings/ServiceAccessRoleArn"))
          .isEqualTo(created.get("ServiceAccessRoleArn"));

      var role =
          aws(
                  accounts,
                  program,
                  TwoAccounts.LAKE,
                  "iam",
                  "get-role",
                  "--role-name",
                  created.get("RoleName").asText())
              .get("Role");
      assertThat(role.get("AssumeRolePolicyDocument").findValuesAsText("sts:ExternalId"))
          .containsExactly(created.get("ExternalId").asText());

      var version =
          aws(
                  accounts,
                  program,
                  TwoAccounts.LAKE,
                  "iam",
                  "get-policy-version",
                  "--policy-arn",
                  created.get("PolicyArn").asText(),
                  "--version-id",
                  "v1")
              .get("PolicyVersion");
      assertThat(version.get("Document").toString()).contains("arn:aws:s3:::example-data-lake/*");
    }
  }
}
