package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.updateOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;

/** Each operation makes the calls that bench/README.md gives a reason for, and no other. */
class CallsTest {

  private static final Path TABLES = Path.of("bench", "README.md");
  private static final Pattern CALL = Pattern.compile("(?m)^\\| `(\\w+:\\w+)` \\|");

  @AutoClose private final TwoAccounts accounts = start(HandshakeDialect.KEPT_ACTIVE);

  private static TwoAccounts start(HandshakeDialect dialect) {
    return TwoAccounts.start(
        b -> b.propagation(Duration.ZERO).settleTime(Duration.ZERO).dialect(dialect));
  }

  private ObjectNode created() {
    var created = succeeded(accounts.cloudFormation().create(model()));
    // Sessions have ended by then, and nothing is so new that an answer could be older.
    accounts.clock().advance(Duration.ofMinutes(30));
    accounts.aws().forgetCalls();
    return created;
  }

  private static void assertThatTheyAre(String operation, List<String> calls) throws IOException {
    var text = Files.readString(TABLES);
    var begin = text.indexOf("\n### " + operation + "\n");
    assertThat(begin).as(operation).isPositive();
    var end = text.indexOf("\n### ", begin + 1);
    var section = text.substring(begin, end < 0 ? text.length() : end);
    assertThat(calls)
        .as("%s, by %s", operation, TABLES)
        .isEqualTo(
            CALL.matcher(section).results().map(MatchResult::group).map(CallsTest::name).toList());
  }

  private static String name(String row) {
    return row.replaceAll("[|` ]", "");
  }

  @Test
  void aCreate() throws IOException {
    succeeded(accounts.cloudFormation().create(model()));

    assertThatTheyAre("create", accounts.calls());
  }

  @Test
  void aCreateWhereNothingIsKept() throws IOException {
    try (var others = start(HandshakeDialect.NOTHING_KEPT)) {
      succeeded(others.cloudFormation().create(model()));

      assertThatTheyAre("create, nothing kept", others.calls());
    }
  }

  @Test
  void aRead() throws IOException {
    var created = created();

    succeeded(accounts.cloudFormation().read(byArn(created)));

    assertThatTheyAre("read", accounts.calls());
  }

  @Test
  void anUpdateWithoutAChange() throws IOException {
    var created = created();

    succeeded(accounts.cloudFormation().update(updateOf(created), model()));

    assertThatTheyAre("update without a change", accounts.calls());
  }

  @Test
  void anUpdateOfTags() throws IOException {
    var wanted = updateOf(created());
    wanted.set("Tags", json("{'t': [{'Key': 'stage', 'Value': 'prod'}]}").get("t"));

    succeeded(accounts.cloudFormation().update(wanted, model()));

    assertThatTheyAre("update of tags", accounts.calls());
  }

  @Test
  void aRecreation() throws IOException {
    var wanted = updateOf(created());
    ((ObjectNode) wanted.get("S3Settings")).put("CompressionType", "none");

    succeeded(accounts.cloudFormation().update(wanted, model()));

    assertThatTheyAre("recreation", accounts.calls());
  }

  @Test
  void aDelete() throws IOException {
    var created = created();

    succeeded(accounts.cloudFormation().delete(created));

    assertThatTheyAre("delete", accounts.calls());
  }

  @Test
  void aList() throws IOException {
    created();

    succeeded(accounts.cloudFormation().list().get(0));

    assertThatTheyAre("list", accounts.calls());
  }
}
