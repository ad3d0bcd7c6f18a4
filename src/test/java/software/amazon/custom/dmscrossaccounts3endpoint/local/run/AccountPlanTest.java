package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ResourceSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

class AccountPlanTest {
  private static final ObjectNode SAMPLE =
      new InputFiles(ResourceSchema.ofThisType())
          .typeConfiguration(Path.of("examples", "type-configuration.json"));

  @Test
  void aRoleInTheTemplateNeedsItsAccountAndTheStacks() {
    var model =
        Json.object("{\"DataLakeRoleArn\": \"arn:aws:iam::444455556666:role/platform/provider\"}");

    var plan = AccountPlan.ofOneStackAccount("aws", List.of(model), Json.object());

    assertThat(plan.accounts()).containsExactly("111122223333", "444455556666");
    assertThat(plan.pairs()).containsExactly(new AccountPair("111122223333", "444455556666"));
    assertThat(plan.roles())
        .containsExactly(
            new AssumableRole("444455556666", "platform/provider", "111122223333", null));
  }

  @Test
  void everyEnvironmentOfTheSampleIsAPairOfItsOwn() {
    var plan = AccountPlan.ofOneStackAccountPerEnvironment("aws", SAMPLE);

    assertThat(plan.stackAccounts())
        .containsExactly("111122223333", "222233334444", "333344445555");
    assertThat(plan.accounts()).hasSize(6);
    assertThat(plan.pairs())
        .containsExactly(
            new AccountPair("111122223333", "444455556666"),
            new AccountPair("222233334444", "555566667777"),
            new AccountPair("333344445555", "666677778888"));
    assertThat(plan.roles())
        .hasSize(6)
        .contains(
            new AssumableRole(
                "666677778888", "dms-s3-endpoint-provider", "333344445555", "dms-s3-endpoints"));
  }

  @Test
  void anEnvironmentWithoutADmsRoleIsInTheDefaultAccount() {
    var configuration = SAMPLE.deepCopy();
    configuration.withObject("/Environments/1").remove("DmsRoleArn");

    var plan = AccountPlan.ofOneStackAccountPerEnvironment("aws", configuration);

    assertThat(plan.stackAccounts()).containsExactly("111122223333", "333344445555");
    assertThat(plan.pairs()).contains(new AccountPair("111122223333", "555566667777"));
  }

  @Test
  void aRoleOfAnotherPartitionIsRefused() {
    assertThatThrownBy(() -> AccountPlan.ofOneStackAccountPerEnvironment("aws-cn", SAMPLE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("aws-cn");
  }
}
