package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.kms.Key;

/** What the construct refuses, and what it does beside its properties. */
class DmsCrossAccountS3EndpointTest {

  private static final S3SettingsProperty SETTINGS =
      S3SettingsProperty.builder().bucketName("example-data-lake").build();

  private static DmsCrossAccountS3EndpointProps.Builder endpoint() {
    return DmsCrossAccountS3EndpointProps.builder().s3Settings(SETTINGS);
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static JsonNode resource(Stack stack, String type) {
    var found = Template.fromStack(stack).findResources(type).values();
    assertEquals(1, found.size());
    return new ObjectMapper().valueToTree(found.iterator().next()).get("Properties");
  }

  @Test
  void whatIsRequiredIsAskedFor() {
    assertRefused(
        "The endpoint needs S3Settings: call s3Settings(…) of its builder.",
        () -> DmsCrossAccountS3EndpointProps.builder().environment("dev").build());
    assertRefused(
        "S3Settings needs BucketName: call bucketName(…) of its builder.",
        () -> S3SettingsProperty.builder().bucketFolder("orders").build());
    assertRefused(
        "ConnectionTest needs ReplicationInstanceArn: call replicationInstanceArn(…) of its"
            + " builder.",
        () -> ConnectionTestProperty.builder().build());
  }

  @Test
  @NeedsNode
  void aValueThatTheSchemaDoesNotTakeIsRefusedWhereItIsGiven() {
    var settings = S3SettingsProperty.builder();
    assertRefused(
        "S3Settings: DataFormat takes one of csv, parquet, not \"orc\".",
        () -> settings.dataFormat("orc"));
    assertRefused(
        "S3Settings: BucketName must match ^[a-z0-9][a-z0-9.-]*[a-z0-9]$, not \"Example\".",
        () -> settings.bucketName("Example"));
    assertRefused(
        "S3Settings: BucketFolder takes 1 to 1024 characters, not \"\".",
        () -> settings.bucketFolder(""));
    assertRefused(
        "S3Settings: MaxFileSize takes an integer from 1 to 1048576, not \"0\".",
        () -> settings.maxFileSize(0));
    assertRefused(
        "S3Settings: MaxFileSize takes an integer from 1 to 1048576, not \"1.5\".",
        () -> settings.maxFileSize(1.5));
  }

  @Test
  void nullLeavesAPropertyOut() {
    var props = endpoint().environment("dev").environment(null).connectionTest(null).build();

    assertEquals(List.of("S3Settings"), List.copyOf(props.values().keySet()));
  }

  @Test
  void propertiesThatAreBuiltDoNotChange() {
    var builder = endpoint();
    var props = builder.build();
    builder.environment("dev");

    assertEquals(List.of("S3Settings"), List.copyOf(props.values().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> props.values().clear());
  }

  @Test
  @NeedsNode
  void tagsOfAStackReachTheEndpointBesideItsOwn() {
    var stack = new Stack();
    new DmsCrossAccountS3Endpoint(
        stack,
        "Lake",
        endpoint().tags(List.of(CfnTag.builder().key("team").value("sales").build())).build());
    Tags.of(stack).add("cost", "4711");

    assertEquals(
        "[{\"Key\":\"cost\",\"Value\":\"4711\"},{\"Key\":\"team\",\"Value\":\"sales\"}]",
        resource(stack, DmsCrossAccountS3Endpoint.TYPE_NAME).get("Tags").toString());
  }

  @Test
  @NeedsNode
  void theEndpointsOfATypeShareOneStatementOfAKey() {
    var stack = new Stack();
    var key = Key.Builder.create(stack, "Key").build();
    new DmsCrossAccountS3Endpoint(stack, "One", endpoint().build()).grantKeyUse(key);
    new DmsCrossAccountS3Endpoint(stack, "Two", endpoint().build()).grantKeyUse(key);
    KeyUse.grant(key);

    // The key's own, and this one.
    assertEquals(2, resource(stack, "AWS::KMS::Key").at("/KeyPolicy/Statement").size());
  }

  @Test
  @NeedsNode
  void aRoleNameNarrowsTheStatementToThatRole() {
    var stack = new Stack();
    var key = Key.Builder.create(stack, "Key").build();
    for (var role : List.of("orders", "sales")) {
      new DmsCrossAccountS3Endpoint(stack, role, endpoint().roleName(role).build())
          .grantKeyUse(key);
    }

    var statements = resource(stack, "AWS::KMS::Key").at("/KeyPolicy/Statement");
    assertEquals(3, statements.size());
    for (var i = 1; i < statements.size(); i++) {
      assertTrue(
          statements
              .get(i)
              .at("/Condition/ArnLike/aws:PrincipalArn")
              .toString()
              .contains(":role/dms-cross-account-s3-endpoint/" + (i == 1 ? "orders" : "sales")));
      assertTrue(statements.get(i).path("Sid").isMissingNode());
    }
  }

  @Test
  @NeedsNode
  void thePolicyOfAnImportedKeyCanNotBeChanged() {
    var stack = new Stack();
    var key =
        Key.fromKeyArn(
            stack,
            "Key",
            "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-3333-4444-555555555555");
    var lake = new DmsCrossAccountS3Endpoint(stack, "Lake", endpoint().build());

    assertRefused(
        "The policy of an imported key can't be changed from here: add KeyUse.statement(account) to"
            + " it where the key is made.",
        () -> lake.grantKeyUse(key));
  }

  @Test
  @NeedsNode
  void theStatementByItselfNamesTheAccountAndThePath() {
    var statement = KeyUse.statementUnder("444455556666", "/team/dms-cross-account-s3-endpoint/");

    assertTrue(
        new ObjectMapper()
            .valueToTree(new Stack().resolve(statement.toStatementJson()))
            .toString()
            .contains(":iam::444455556666:role/team/dms-cross-account-s3-endpoint/*"));
  }
}
