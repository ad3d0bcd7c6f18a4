package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.custom.dmscrossaccounts3endpoint.resource.Requests.operation;

import org.junit.jupiter.api.Test;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.Boundary;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;

/** Which roles win: the template's, its environment's, those on record, those by default. */
class RoleResolverTest {

  private static final String LAKE = "arn:aws:iam::444455556666:role/";
  private static final String DMS = "arn:aws:iam::777788889999:role/";
  private static final String BOUNDARY = "arn:aws:iam::444455556666:policy/boundary";
  private static final String CONFIGURATION =
      """
      {'DefaultEnvironment': 'prod', 'Environments': [
        {'Name': 'prod', 'DataLakeRoleArn': '%1$sprod', 'PermissionsBoundaryArn': '%3$s'},
        {'Name': 'test', 'DataLakeRoleArn': '%1$stest', 'DmsRoleArn': '%2$stest'}]}
      """
          .formatted(LAKE, DMS, BOUNDARY);

  private static RoleResolver resolver(String model, String configuration) {
    return new RoleResolver(operation(Action.CREATE, model, configuration));
  }

  @Test
  void theTemplatesRoleWinsOverTheConfigurations() {
    var roles = resolver("{'DataLakeRoleArn': '%sown'}".formatted(LAKE), CONFIGURATION).toUse();

    assertThat(roles.dataLakeRoleArn()).isEqualTo(LAKE + "own");
    assertThat(roles.environment()).isEmpty();
    assertThat(roles.boundary()).isEqualTo(new Boundary.None());
  }

  @Test
  void theNamedEnvironmentWinsOverTheDefault() {
    var roles = resolver("{'Environment': 'test'}", CONFIGURATION).toUse();

    assertThat(roles.dataLakeRoleArn()).isEqualTo(LAKE + "test");
    assertThat(roles.dmsRole()).contains(DMS + "test");
    assertThat(roles.environment()).contains("test");
  }

  @Test
  void aTemplateThatNamesNothingGetsTheDefaultEnvironmentWithItsBoundary() {
    var roles = resolver("{}", CONFIGURATION).toUse();

    assertThat(roles.dataLakeRoleArn()).isEqualTo(LAKE + "prod");
    assertThat(roles.dmsRole()).isEmpty();
    assertThat(roles.boundary()).isEqualTo(new Boundary.Of(BOUNDARY));
  }

  @Test
  void theTemplatesBoundaryWinsOverTheEnvironments() {
    var own = BOUNDARY + "-of-the-template";

    var roles = resolver("{'PermissionsBoundaryArn': '%s'}".formatted(own), CONFIGURATION).toUse();

    assertThat(roles.boundary().arn()).contains(own);
  }

  @Test
  void withoutAnyRoleTheMessageSaysWhereToNameIt() {
    assertThatThrownBy(() -> resolver("{}", "{}").toUse())
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("DataLakeRoleArn is required");
  }

  @Test
  void ofAnEndpointThatIsThereNobodyAskedForABoundary() {
    var roles =
        resolver("{}", CONFIGURATION)
            .of("arn:aws:dms:eu-central-1:111122223333:endpoint:a", new EndpointLookup.NotFound());

    assertThat(roles.boundary()).isEqualTo(new Boundary.NotAsked());
    assertThatThrownBy(roles.boundary()::arn).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEndpointInAnotherAccountIsReachedThroughTheEnvironmentOfThatAccount() {
    assertThat(resolver("{}", CONFIGURATION).dmsRoleOf("777788889999")).contains(DMS + "test");
    assertThat(resolver("{}", CONFIGURATION).dmsRoleOf("111122223333")).isEmpty();
    assertThat(resolver("{}", CONFIGURATION).dmsRoleOf(null)).isEmpty();
  }

  @Test
  void anArnOfSomethingElseIsRefused() {
    assertThatThrownBy(
            () -> resolver("{'DataLakeRoleArn': '%s'}".formatted(BOUNDARY), "{}").toUse())
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("DataLakeRoleArn is not the ARN of an IAM role");
  }
}
