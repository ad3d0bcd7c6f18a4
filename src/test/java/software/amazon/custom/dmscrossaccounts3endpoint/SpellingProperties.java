package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.StackStatus;

/** Whatever DMS makes of the texts among the settings, an endpoint lives with it. */
abstract class SpellingProperties {

  /** Texts that every change below makes something else of. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "BucketFolder", "orders/Of 2026/",
          "CdcPath", "changes/Of, 2026/",
          "CsvDelimiter", "Tab\t",
          "CsvNoSupValue", "None At\tall/",
          "CsvNullValue", "Null\n/",
          "CsvRowDelimiter", "End\r\n",
          "TimestampColumnName", "Loaded at/");

  private static final Map<String, UnaryOperator<String>> CHANGES =
      Map.of(
          "upper case", text -> text.toUpperCase(Locale.ROOT),
          "lower case", text -> text.toLowerCase(Locale.ROOT),
          "no last slash", text -> text.replaceAll("/$", ""),
          "a slash before", text -> "/" + text,
          "spaces around", text -> " " + text + " ",
          "escaped", text -> text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"));

  @Provide
  Arbitrary<Set<String>> settings() {
    return Arbitraries.of(TEXTS.keySet()).set().ofMinSize(1);
  }

  @Provide
  Arbitrary<String> changes() {
    return Arbitraries.of(CHANGES.keySet());
  }

  void liveWith(Set<String> settings, String change) {
    var changes =
        settings.stream().collect(Collectors.toMap(Function.identity(), s -> CHANGES.get(change)));
    try (var accounts = TwoAccounts.start(b -> b.respelled(changes))) {
      var wanted = model();
      var asked = (ObjectNode) wanted.get("S3Settings");
      asked.put("DataFormat", "csv");
      settings.forEach(setting -> asked.put(setting, TEXTS.get(setting)));
      var stack = new Stack(accounts.cloudFormation());

      var created = stack.create(wanted);
      assertThat(created.status()).as(created.toString()).isEqualTo(StackStatus.CREATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain("dms:DeleteEndpoint");
      accounts.clock().advance(Duration.ofMinutes(1));
      var arn = accounts.endpoints().get(0).arn();
      // The driver has compared what create returned; a read by the ARN alone tells the same.
      assertThat(succeeded(accounts.cloudFormation().read(byArn(arn))).get("S3Settings"))
          .isEqualTo(created.outcomes().get(0).model().orElseThrow().get("S3Settings"));

      accounts.aws().forgetCalls();
      assertThat(stack.update(wanted).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).doesNotContain("dms:CreateEndpoint", "dms:AddTagsToResource");

      // The template adopts DMS's spelling: that is what is held, and what comes back from then on.
      var adopted = List.copyOf(settings).get(0);
      asked.put(adopted, changes.get(adopted).apply(TEXTS.get(adopted)));
      var respelled = stack.update(wanted);
      assertThat(respelled.status())
          .as(respelled.toString())
          .isEqualTo(StackStatus.UPDATE_COMPLETE);

      var setting = adopted;
      asked.put(setting, "something else");
      assertThat(stack.update(wanted).status()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      assertThat(accounts.calls()).contains("dms:DeleteEndpoint", "dms:CreateEndpoint");
      accounts.assertOneHealthyEndpoint();

      assertThat(stack.delete().status()).isEqualTo(StackStatus.DELETE_COMPLETE);
      accounts.assertNothingLeft();
    }
  }
}
