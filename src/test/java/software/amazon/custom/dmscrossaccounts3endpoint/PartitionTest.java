package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;

/** Partitions are never spelled out. */
class PartitionTest {

  @ParameterizedTest
  @CsvSource({"aws-cn, cn-northwest-1", "aws-us-gov, us-gov-west-1", "aws, ap-southeast-3"})
  void createReadAndDeleteWorkInEveryPartition(String partition, String region) {
    try (var accounts = TwoAccounts.start(partition, b -> b.partition(partition).region(region))) {
      Function<String, String> role = p -> "arn:%s:iam::444455556666:role/lake-admin".formatted(p);
      var model =
          json(
              "{'DataLakeRoleArn': '%s', 'S3Settings': {'BucketName': 'lake'}}"
                  .formatted(role.apply(partition)));
      var cloudFormation = accounts.cloudFormation(b -> b.region(region));

      var created = cloudFormation.create(model);

      assertThat(created.succeeded()).as(created.toString()).isTrue();
      var arn = created.model().orElseThrow().get("EndpointArn").asText();
      assertThat(arn).startsWith("arn:%s:dms:%s:".formatted(partition, region));
      assertThat(accounts.policies().get(0).document().toString())
          .contains("arn:%s:s3:::lake".formatted(partition));
      assertThat(cloudFormation.delete(created.model().get()).succeeded()).isTrue();

      model.put("DataLakeRoleArn", role.apply(partition.equals("aws") ? "aws-cn" : "aws"));
      var foreign = cloudFormation.create(model);
      assertThat(foreign.failedWith(HandlerErrorCode.InvalidRequest)).isTrue();
      assertThat(foreign.message()).contains("DataLakeRoleArn", partition);
    }
  }
}
