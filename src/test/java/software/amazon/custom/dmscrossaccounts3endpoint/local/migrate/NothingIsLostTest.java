package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/** Every property of a custom resource has one row, and a translated one is in the template. */
class NothingIsLostTest {
  private static final List<String> VALUES =
      List.of(
          "GZIP",
          "'parquet'",
          "\"SSE_KMS\"",
          "60",
          "true",
          "''",
          "null",
          "\"a text with: \\\"quotes\\\" # and signs\"",
          "!Ref Parameter",
          "!Sub 'a-${Parameter}-${!b}'",
          "{Ref: Parameter}",
          "{\"Fn::If\": [IsOn, GZIP, {Ref: 'AWS::NoValue'}]}",
          "!If [IsOn, SSE_S3, sse-kms]",
          "!FindInMap [Map, !Ref 'AWS::Region', key]",
          "|\n  two\n  # lines\n",
          "\n  Fn::Join:\n    - ''\n    - - a\n      - !Ref Parameter\n",
          "!Sub\n  - ${a}\n  - a: b\n",
          "[a, b]",
          "{a: b}");

  private record Given(String name, String value) {}

  @Provide
  Arbitrary<List<Given>> properties() {
    var settings = new ArrayList<String>();
    HandlerSchema.s3Settings().fieldNames().forEachRemaining(settings::add);
    settings.remove("BucketName");
    var names =
        Arbitraries.oneOf(
            Arbitraries.of("POLICYNAME", "COMPRESSIONTTYPE", "SSEKMSKEYID", "ENVIRONMENT"),
            Arbitraries.of(settings).map(n -> n.toUpperCase(Locale.ROOT)),
            Arbitraries.of(settings),
            Arbitraries.strings().withCharRange('A', 'Z').ofLength(7).map(n -> n + "X9"));
    return Combinators.combine(names, Arbitraries.of(VALUES))
        .as(Given::new)
        .list()
        .uniqueElements(Given::name)
        .ofMaxSize(9);
  }

  @Property(tries = 100, seed = "1")
  void nothingIsLost(@ForAll("properties") List<Given> properties) {
    var yaml =
        new StringBuilder(
            """
            Parameters: {Parameter: {Type: String}}
            Mappings: {Map: {eu-central-1: {key: value}}}
            Conditions: {IsOn: !Equals [!Ref Parameter, x]}
            Resources:
              Sales:
                Type: Custom::Endpoint
                Properties:
                  ENDPOINTIDENTIFIER: sales
                  BUCKETNAME: bucket
            """);
    for (var given : properties) {
      var lines = given.value().indent(6).substring(given.value().startsWith("\n") ? 0 : 6);
      yaml.append("      ").append(given.name()).append(lines.startsWith("\n") ? ":" : ": ");
      yaml.append(lines.stripTrailing()).append('\n');
    }
    check(yaml.toString(), properties);
    check(JsonTemplates.tree(yaml.toString()).toPrettyString(), properties);
  }

  private static void check(String text, List<Given> properties) {
    var result = TemplateMigrationTest.migrate(text);
    var written = TemplateMigrationTest.template(result);
    var before = JsonTemplates.tree(text).at("/Resources/Sales/Properties");
    var after = JsonTemplates.tree(written).at("/Resources/Sales/Properties");
    for (var given : properties) {
      var rows =
          result.rows().stream().filter(r -> r.where().equals("Sales." + given.name())).toList();
      assertThat(rows).as(given + " in\n" + written).hasSize(1);
      var row = rows.get(0);
      assertThat(text.lines().toList().get(row.line() - 1)).contains(given.name());
      if (row.status() == Row.Status.TRANSLATED) {
        var at = after.at("/" + row.text().replaceAll(",? .*", "").replace('.', '/'));
        assertThat(plain(at)).as(written).isEqualTo(plain(before.get(given.name())));
      } else if (row.status() == Row.Status.LEFT_OUT || row.status() == Row.Status.NOT_TRANSLATED) {
        assertThat(row.text()).isNotBlank();
      }
    }
  }

  /** A value without what the type spells differently. */
  private static String plain(JsonNode value) {
    return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
