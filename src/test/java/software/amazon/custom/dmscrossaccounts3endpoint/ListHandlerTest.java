package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

class ListHandlerTest {

  /** Also where DMS lists everything, whatever it was asked for, an endpoint a page. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyWhatThisTypeMadeIsListed(boolean filters) {
    try (var accounts = TwoAccounts.start(b -> b.filters(filters).largestPage(filters ? 100 : 1))) {
      var created = succeeded(accounts.cloudFormation().create(model()));
      accounts.endpointByHand("by-hand", "by-hand");
      var database = accounts.databaseByHand("database", "database");
      try (var dms = accounts.dmsByHand()) {
        dms.addTagsToResource(
            t ->
                t.resourceArn(database)
                    .tags(Tag.builder().key(OwnershipTags.ENDPOINT).value(database).build()));
      }
      accounts.clock().advance(Duration.ofMinutes(1));
      assertThat(accounts.endpoints()).hasSize(3);

      assertThat(accounts.cloudFormation().list().stream().flatMap(p -> p.models().stream()))
          .containsExactly(byArn(created));
    }
  }

  @Test
  void aTokenThatNoListHasReturnedIsRefused() {
    try (var accounts = TwoAccounts.start()) {
      for (var token : new String[] {"?", "MQ", "eC94", "LTEv", "OS8"}) {
        var outcome = accounts.cloudFormation().run(StackOperation.list().withNextToken(token));
        assertThat(failed(outcome, HandlerErrorCode.InvalidRequest)).contains("NextToken");
      }
    }
  }
}
