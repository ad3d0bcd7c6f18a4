package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

@DisplayName("A difference that S3 and DMS make is a difference")
class SettingsComparisonTest {

  private static final String KEY = "ServerSideEncryptionKmsKeyId";
  private static final String LAKE_KEY = "arn:aws:kms:eu-central-1:444455556666:key/mrk-1";

  private static ObjectNode with(ObjectNode model, Map<String, ?> settings) {
    settings.forEach((name, value) -> ((ObjectNode) model.get("S3Settings")).putPOJO(name, value));
    return json(model.toString().replace("'", "\\u0027"));
  }

  private static ObjectNode without(ObjectNode model, String... settings) {
    ((ObjectNode) model.get("S3Settings")).remove(List.of(settings));
    return model;
  }

  private static boolean recreates(TwoAccounts accounts, ObjectNode created, ObjectNode wanted) {
    return recreates(accounts, created, wanted, model());
  }

  private static boolean recreates(
      TwoAccounts accounts, ObjectNode created, ObjectNode wanted, ObjectNode before) {
    accounts.clock().advance(Duration.ofMinutes(1));
    accounts.aws().forgetCalls();
    wanted.put("EndpointArn", created.get("EndpointArn").asText());
    succeeded(accounts.cloudFormation().update(wanted, before));
    return accounts.calls().contains("dms:DeleteEndpoint");
  }

  @Nested
  @DisplayName("text")
  class Text {

    @ParameterizedTest
    @CsvSource({
      "BucketFolder, sales, Sales",
      "CdcPath, changes, Changes",
      "TimestampColumnName, loaded, Loaded"
    })
    void update_caseOfAText_recreates(String setting, String before, String after) {
      try (var accounts = TwoAccounts.start()) {
        var old = with(model(), Map.of(setting, before));
        var created = succeeded(accounts.cloudFormation().create(old));

        assertThat(recreates(accounts, created, with(model(), Map.of(setting, after)), old))
            .isTrue();

        assertThat(accounts.endpoints().get(0).settings()).containsEntry(setting, after);
      }
    }

    @Test
    void update_adoptsAnEndpointWithAnotherFolder_recreates() {
      try (var accounts = TwoAccounts.start()) {
        var arn = accounts.endpointByHand("by-hand", "by-hand");
        var wanted =
            with(model(), Map.of("BucketFolder", "Made")).put("EndpointIdentifier", "by-hand");

        assertThat(recreates(accounts, byArn(arn), without(wanted, "DataFormat"), byArn(arn)))
            .isTrue();

        assertThat(accounts.endpoints().get(0).settings()).containsEntry("BucketFolder", "Made");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper case", "lower case", "spaces"})
    void create_dmsMakesAnotherTextOfAFolder_isNotAccepted(String change) {
      UnaryOperator<String> respelled =
          switch (change) {
            case "upper case" -> text -> text.toUpperCase(java.util.Locale.ROOT);
            case "lower case" -> text -> text.toLowerCase(java.util.Locale.ROOT);
            default -> text -> text + " ";
          };
      try (var accounts = TwoAccounts.start(b -> b.respelled(Map.of("BucketFolder", respelled)))) {
        var outcome =
            new Stack(accounts.cloudFormation())
                .create(with(model(), Map.of("BucketFolder", "Sales")));

        assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.NotStabilized))
            .contains("BucketFolder");
        accounts.assertNothingLeft();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "BucketFolder, /sales/",
      "BucketFolder, sales/",
      "CdcPath, /changes",
    })
    void create_dmsRemovesOuterSlashes_comesBackAsRequested(String setting, String value) {
      lives(
          b -> b.respelled(Map.of(setting, text -> text.replaceAll("^/+|/+$", ""))),
          with(model(), Map.of(setting, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\\n", "\r\n"})
    void create_dmsEscapesLineBreaks_comesBackAsRequested(String delimiter) {
      lives(
          b ->
              b.respelled(
                  Map.of(
                      "CsvRowDelimiter", text -> text.replace("\n", "\\n").replace("\r", "\\r"))),
          without(with(model(), Map.of("CsvRowDelimiter", delimiter)), "DataFormat"));
    }

    private static void lives(UnaryOperator<LocalAwsBuilder> behavior, ObjectNode wanted) {
      try (var accounts = TwoAccounts.start(behavior)) {
        var created = succeeded(accounts.cloudFormation().create(wanted));
        assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint");
        assertThat(succeeded(accounts.cloudFormation().read(byArn(created)))).isEqualTo(created);
        assertThat(recreates(accounts, created, wanted.deepCopy(), wanted)).isFalse();
      }
    }
  }

  @Nested
  @DisplayName("keys")
  class Keys {

    private ObjectNode encrypted(String key) {
      return with(model(), Map.of("EncryptionMode", "sse-kms", KEY, key));
    }

    @Test
    void update_sameKeyIdInAnotherRegion_recreates() {
      try (var accounts = TwoAccounts.start()) {
        var old = encrypted("arn:aws:kms:eu-west-1:444455556666:key/mrk-1");
        var created = succeeded(accounts.cloudFormation().create(old));

        assertThat(recreates(accounts, created, encrypted(LAKE_KEY), old)).isTrue();

        assertThat(accounts.endpoints().get(0).settings()).containsEntry(KEY, LAKE_KEY);
        assertThat(accounts.policies().get(0).document().toString()).contains(LAKE_KEY);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mrk-1", "key/mrk-1", "alias/lake"})
    void create_keyWithoutArn_isSentAsTheArnInTheDataLakeAccountAndReadAsGiven(String key) {
      try (var accounts = TwoAccounts.start()) {
        var wanted = encrypted(key);
        var created = succeeded(accounts.cloudFormation().create(wanted));

        assertThat(String.valueOf(accounts.endpoints().get(0).settings().get(KEY)))
            .startsWith("arn:aws:kms:eu-central-1:444455556666:");
        assertThat(
                succeeded(accounts.cloudFormation().read(byArn(created))).at("/S3Settings/" + KEY))
            .isEqualTo(wanted.at("/S3Settings/" + KEY));
        assertThat(recreates(accounts, created, wanted.deepCopy(), wanted)).isFalse();
      }
    }

    @Test
    void create_alias_allowsTheKeyThatHasIt() {
      try (var accounts = TwoAccounts.start()) {
        succeeded(accounts.cloudFormation().create(encrypted("alias/lake")));

        assertThat(accounts.policies().get(0).document().toString())
            .contains(
                "arn:aws:kms:eu-central-1:444455556666:key/*", "kms:ResourceAliases", "alias/lake");
      }
    }

    @Test
    void create_dmsUsesAKeyOfAnotherAccount_isNotAccepted() {
      try (var accounts =
          TwoAccounts.start(
              b -> b.respelled(Map.of(KEY, arn -> arn.replace("444455556666", "111122223333"))))) {
        var outcome = new Stack(accounts.cloudFormation()).create(encrypted("mrk-1"));

        assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.NotStabilized)).contains(KEY);
        accounts.assertNothingLeft();
      }
    }
  }

  @Nested
  @DisplayName("documented defaults")
  class Defaults {

    @ParameterizedTest
    @CsvSource({
      "CompressionType, none",
      "DataFormat, csv",
      "EncryptionMode, sse-s3",
      "CsvDelimiter, ','",
      "CsvNullValue, NULL",
      "DatePartitionSequence, YYYYMMDD",
      "DatePartitionDelimiter, SLASH",
      "CannedAclForObjects, none"
    })
    void update_writtenDefaultOfText_changesNothing(String setting, String value) {
      changesNothing(setting, value);
    }

    @ParameterizedTest
    @CsvSource({
      "MaxFileSize, 1048576",
      "CdcMaxBatchInterval, 60",
      "CdcMinFileSize, 32000",
      "DataPageSize, 1048576",
      "DictPageSizeLimit, 1048576",
      "RowGroupLength, 10000"
    })
    void update_writtenDefaultOfNumber_changesNothing(String setting, int value) {
      changesNothing(setting, value);
    }

    @ParameterizedTest
    @CsvSource({
      "AddColumnName, false",
      "AddTrailingPaddingCharacter, false",
      "CdcInsertsOnly, false",
      "DatePartitionEnabled, false",
      "EnableStatistics, true",
      "GlueCatalogGeneration, false",
      "PreserveTransactions, false",
      "Rfc4180, true"
    })
    void update_writtenDefaultOfSwitch_changesNothing(String setting, boolean value) {
      changesNothing(setting, value);
    }

    private void changesNothing(String setting, Object value) {
      for (var isShown : new boolean[] {true, false}) {
        var hidden = isShown ? Set.<String>of() : Set.of(setting);
        try (var accounts = TwoAccounts.start(b -> b.notShown(hidden))) {
          var plain = without(model(), "DataFormat", "CompressionType");
          var written = with(plain.deepCopy(), Map.of(setting, value));
          var created = succeeded(accounts.cloudFormation().create(written));
          assertThat(recreates(accounts, created, plain.deepCopy(), written)).isFalse();
          assertThat(recreates(accounts, created, written.deepCopy(), plain)).isFalse();
        }
      }
    }
  }

  @Nested
  @DisplayName("extra connection attributes")
  class Attributes {

    private String refusal(ObjectNode wanted) {
      try (var accounts = TwoAccounts.start()) {
        var outcome = accounts.cloudFormation().create(wanted);
        assertThat(accounts.calls()).doesNotContain("iam:CreateRole");
        return failed(outcome, HandlerErrorCode.InvalidRequest);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "dataFormat=parquet, DataFormat",
      "cannedAclForObjects=private, CannedAclForObjects",
      "GLUECATALOGGENERATION=true, GlueCatalogGeneration",
      "serverSideEncryptionKmsKeyId=1-2, ServerSideEncryptionKmsKeyId",
      "encryptionMode=SSE_S3, EncryptionMode",
      "maxErrors=1;cdcInsertsAndUpdates=true, CdcInsertsAndUpdates",
      "bucketName=other, BucketName"
    })
    void create_attributeThatNamesASetting_isRefusedWithTheProperty(
        String attributes, String setting) {
      assertThat(
              refusal(without(model(), "DataFormat").put("ExtraConnectionAttributes", attributes)))
          .contains("ExtraConnectionAttributes", "S3Settings." + setting);
    }

    @Test
    void create_roleAsAttribute_isRefused() {
      assertThat(
              refusal(
                  model().put("ExtraConnectionAttributes", "serviceAccessRoleArn=arn:aws:iam::1")))
          .contains("serviceAccessRoleArn", "sets itself");
    }

    @Test
    void create_cdcPathWithSemicolon_isRefused() {
      assertThat(refusal(with(model(), Map.of("CdcPath", "x;bucketName=y"))))
          .contains("S3Settings.CdcPath", "semicolon");
    }

    @Test
    void create_cdcPath_isSentAsAttributeAsWell() {
      try (var accounts = TwoAccounts.start(b -> b.droppedOnCreate(Set.of("CdcPath")))) {
        succeeded(accounts.cloudFormation().create(with(model(), Map.of("CdcPath", "changes"))));

        assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint");
      }
    }

    private Outcome refusedByDms(TwoAccounts accounts, String message, ObjectNode wanted) {
      accounts.onCreateEndpoint(
          Fault.refused("InvalidParameterValueException", 400, message).times(1));
      return accounts.cloudFormation().create(wanted);
    }

    @Test
    void create_dmsRefusesAnAttribute_messageNamesIt() {
      try (var accounts = TwoAccounts.start()) {
        assertThat(
                failed(
                    refusedByDms(
                        accounts,
                        "Unsupported value 'maxErrors' for extra connection attributes",
                        model().put("ExtraConnectionAttributes", "maxErrors=7;other=1")),
                    HandlerErrorCode.InvalidRequest))
            .contains("ExtraConnectionAttributes: maxErrors")
            .doesNotContain("ExtraConnectionAttributes: other");
      }
    }

    @Test
    void create_dmsRefusesASetting_messageNamesTheProperty() {
      try (var accounts = TwoAccounts.start()) {
        assertThat(
                failed(
                    refusedByDms(
                        accounts,
                        "Unsupported value 'cdcPath' for extra connection attributes",
                        with(model(), Map.of("CdcPath", "changes"))),
                    HandlerErrorCode.InvalidRequest))
            .contains("S3Settings.CdcPath");
      }
    }

    @Test
    void update_dmsRefusesAnAttributeAfterTheDeletion_messageNamesItAndTheRollbackRecreates() {
      try (var accounts = TwoAccounts.start()) {
        var stack = new Stack(accounts.cloudFormation());
        stack.create(model());
        accounts.clock().advance(Duration.ofMinutes(1));
        accounts.onCreateEndpoint(
            Fault.refused(
                    "InvalidParameterValueException",
                    400,
                    "Unsupported value 'maxErrors' for extra connection attributes")
                .times(1));

        var outcome = stack.update(model().put("ExtraConnectionAttributes", "maxErrors=7"));

        assertThat(failed(outcome.outcomes().get(0), HandlerErrorCode.InvalidRequest))
            .contains("ExtraConnectionAttributes: maxErrors");
        assertThat(outcome.status()).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        accounts.assertOneHealthyEndpoint();
      }
    }
  }

  @Test
  void update_sameTemplate_callsNothingThatChanges() {
    try (var accounts = TwoAccounts.start()) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      assertThat(recreates(accounts, created, updateOf(created))).isFalse();
    }
  }
}
