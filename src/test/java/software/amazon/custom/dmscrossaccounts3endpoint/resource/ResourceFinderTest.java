package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.custom.dmscrossaccounts3endpoint.resource.Requests.operation;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Phase;

/** Which endpoint a request is about, and what it and its role are called. */
class ResourceFinderTest {

  private static final String ARN = "arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake";
  private static final String ROLE = "'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/lake'";

  private static ResourceFinder finder(String model) {
    return new ResourceFinder(operation(Action.CREATE, model, "{}"));
  }

  @Test
  void whatTheTemplateNamesIsNamedSo() {
    var names =
        finder(
                "{%s, 'EndpointIdentifier': 'sales-lake', 'RoleName': 'r', 'PolicyName': 'p'}"
                    .formatted(ROLE))
            .toCreate()
            .names();

    assertThat(names.endpointIdentifier()).isEqualTo("sales-lake");
    assertThat(names.endpointArn()).isEqualTo(ARN);
    assertThat(names.roleName()).isEqualTo("r");
    assertThat(names.policyName()).isEqualTo("p");
  }

  @Test
  void whatTheTemplateDoesNotNameIsNamedAfterTheStackEachTimeTheSame() {
    var once = finder("{%s}".formatted(ROLE)).toCreate().names();
    var again = finder("{%s}".formatted(ROLE)).toCreate().names();

    assertThat(once).isEqualTo(again);
    assertThat(once.endpointIdentifier()).startsWith("lakes-sales-");
    assertThat(once.roleName()).isEqualTo(once.policyName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a", "a--b", "a-", "a_b"})
  void anIdentifierThatDmsRefusesIsRefusedBefore(String identifier) {
    assertThatThrownBy(
            finder("{%s, 'EndpointIdentifier': '%s'}".formatted(ROLE, identifier))::toCreate)
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("EndpointIdentifier has at most");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales-lake",
        "arn:aws:dms:eu-west-1:111122223333:endpoint:a",
        "arn:aws-cn:dms:eu-central-1:111122223333:endpoint:a",
        "arn:aws:dms:eu-central-1:111122223333:task:a",
        "arn:aws:dms:eu-central-1:1:endpoint:a",
      })
  void anArnThatIsNoneOfAnEndpointHereIsRefused(String arn) {
    assertThatThrownBy(finder("{'EndpointArn': '%s'}".formatted(arn))::endpointArn)
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("EndpointArn is not the ARN of a DMS endpoint");
  }

  @Test
  void aModelWithoutIdentifierIsOfNoEndpoint() {
    assertThatThrownBy(finder("{}")::endpointArn)
        .isInstanceOfSatisfying(
            HandlerException.class, e -> assertThat(e.code()).isEqualTo(HandlerErrorCode.NotFound));
  }

  @Test
  void anEndpointInAnotherAccountNeedsARoleThere() {
    var other = ARN.replace("111122223333", "777788889999");

    assertThatThrownBy(() -> finder("{'EndpointArn': '%s'}".formatted(other)).dmsOf(other))
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("which is not the account of the stack");
  }

  @Test
  void anEndpointThatIsThereIsCalledAsDmsHasItAndItsRoleAsItIs() {
    var endpoint =
        Endpoint.builder()
            .endpointArn(ARN)
            .endpointIdentifier("SALES-lake")
            .s3Settings(
                s ->
                    s.serviceAccessRoleArn(
                        "arn:aws:iam::444455556666:role/dms-cross-account-s3-endpoint/other"))
            .build();

    var names =
        finder("{%s, 'RoleName': 'r'}".formatted(ROLE))
            .of(ARN, new FoundEndpoint(endpoint, Map.of()))
            .names();

    assertThat(names.endpointIdentifier()).isEqualTo("SALES-lake");
    assertThat(names.roleName()).isEqualTo("other");
    assertThat(names.path()).isEqualTo("/dms-cross-account-s3-endpoint/");
  }

  @Test
  void whereTheEndpointIsGoneTheContextKnowsTheNames() {
    var located =
        new CallbackContext.LocatedResources(
            "arn:aws:iam::444455556666:role/lake",
            "kept",
            "kept-role",
            "kept-policy",
            "/kept/",
            null);
    var context =
        CallbackContext.begin(Phase.DELETE_ACCESS, java.time.Instant.EPOCH).withLocated(located);
    var operation = operation(Action.DELETE, "{}", "{}").withContext(context);

    var names = new ResourceFinder(operation).of(ARN, new EndpointLookup.NotFound()).names();

    assertThat(names.endpointIdentifier()).isEqualTo("kept");
    assertThat(names.roleName()).isEqualTo("kept-role");
    assertThat(names.policyName()).isEqualTo("kept-policy");
    assertThat(names.path()).isEqualTo("/kept/");
  }
}
