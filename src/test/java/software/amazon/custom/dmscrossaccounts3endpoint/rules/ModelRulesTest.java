package software.amazon.custom.dmscrossaccounts3endpoint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;

class ModelRulesTest {

  @AutoClose private final TwoAccounts accounts = TwoAccounts.start();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ExtraConnectionAttributes | 'compressionType=none' | S3Settings.CompressionType",
        "ExtraConnectionAttributes | 'CompressionTYPE=none;maxErrors=1' |"
            + " S3Settings.CompressionType",
        "ExtraConnectionAttributes | 'bucketName=other' | BucketName",
        "ExtraConnectionAttributes | 'expectedBucketOwner=111122223333' | ExpectedBucketOwner",
        "ExtraConnectionAttributes | 'encryptionMode=sse-s3' | S3Settings.EncryptionMode",
        "S3Settings | {'BucketName': 'lake', 'EncryptionMode': 'sse-kms'} |"
            + " ServerSideEncryptionKmsKeyId",
        "S3Settings | {'BucketName': 'lake', 'ServerSideEncryptionKmsKeyId':"
            + " 'arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-3333-4444-555555555555'} |"
            + " EncryptionMode",
        "S3Settings | {'BucketName': 'lake', 'CdcInsertsOnly': true, 'CdcInsertsAndUpdates': true}"
            + " | CdcInsertsAndUpdates",
        "S3Settings | {'BucketName': 'lake', 'PreserveTransactions': true} | CdcPath",
        "PermissionsBoundaryArn | 'arn:aws:iam::999988887777:policy/b' | PermissionsBoundaryArn",
        "DataLakeRoleArn | 'arn:aws-cn:iam::444455556666:role/r' | DataLakeRoleArn",
        "ConnectionTest | {'ReplicationInstanceArn': 'arn:aws:dms:eu-west-1:111122223333:rep:A'} |"
            + " Region eu-central-1",
        "ConnectionTest | {'ReplicationInstanceArn': 'arn:aws:dms:eu-central-1:444455556666:rep:A'}"
            + " | account 111122223333",
        "Tags | [{'Key': 'a', 'Value': '1'}, {'Key': 'a', 'Value': '2'}] | twice",
        "Tags | [{'Key': 'DMS:a', 'Value': '1'}] | reserved",
      })
  void aContradictionIsNamedBeforeAnythingIsCalled(String property, String value, String named) {
    ObjectNode given =
        json(
            "{'v': %s}"
                .formatted(
                    value.startsWith("{") || value.startsWith("[") ? value : "'" + value + "'"));
    var model = model();
    model.set(property, given.get("v"));

    var outcome = accounts.cloudFormation().create(model);

    assertThat(failed(outcome, HandlerErrorCode.InvalidRequest)).contains(named);
    assertThat(accounts.calls()).isEmpty();
  }
}
