package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/** Whatever a custom resource has, it is in what is written, and what became of it is told. */
class NothingIsLostTest {

  private static final List<String> PUBLISHED =
      List.of(
          "POLICYNAME",
          "ROLENAME",
          "COMPRESSIONTTYPE",
          "COMPRESSIONTYPE",
          "BUCKETFOLDER",
          "TIMESTAMPCOLUMNNAME",
          "DATAFORMAT",
          "ENCRYPTIONMODE",
          "SSEKMSKEYID",
          "ENVIRONMENT");

  /** By what they are: in block style, and in brackets. */
  private static final List<String> VALUES =
      List.of(
          "GZIP",
          "'parquet'",
          "\"SSE_KMS\"",
          "sse-s3",
          "60",
          "true",
          "''",
          "null",
          "a text with spaces",
          "!Ref Parameter",
          "!Sub 'a-${Parameter}'",
          "{Ref: Parameter}",
          "{\"Fn::If\": [Condition, GZIP, {Ref: 'AWS::NoValue'}]}",
          "!If [Condition, SSE_S3, sse-kms]",
          "!FindInMap [Map, !Ref 'AWS::Region', key]",
          "[a, b]",
          "{a: b}");

  private static final List<String> IN_LINES =
      List.of(
          "|\n  two\n  # lines\n",
          ">-\n  folded\n    text\n\n",
          "\n  Fn::Join:\n    # of the function\n    - ''\n    - - a\n      - !Ref Parameter\n",
          "!Sub\n  - ${a}\n  - a: b\n");

  private record Given(String name, String value, String comment) {}

  @Provide
  Arbitrary<List<Given>> properties() {
    var settings = new ArrayList<String>();
    HandlerSchema.s3Settings().fieldNames().forEachRemaining(settings::add);
    settings.remove("BucketName");
    var names =
        Arbitraries.oneOf(
            Arbitraries.of(PUBLISHED),
            Arbitraries.of(settings).map(n -> n.toUpperCase(Locale.ROOT)),
            Arbitraries.of(settings),
            Arbitraries.strings()
                .withCharRange('A', 'Z')
                .ofMinLength(3)
                .ofMaxLength(9)
                .map(n -> n + "X9"));
    return Combinators.combine(
            names,
            Arbitraries.oneOf(
                Arbitraries.of(VALUES), Arbitraries.of(VALUES), Arbitraries.of(IN_LINES)),
            Arbitraries.of("", " # beside", "before", "before"))
        .as(Given::new)
        .list()
        .uniqueElements(Given::name)
        .ofMaxSize(9);
  }

  private static String block(List<Given> properties) {
    var text =
        new StringBuilder(
            """
            # top
            Resources:
              First: {Type: AWS::SNS::Topic} # first
              Sales:
                Type: Custom::Endpoint
                Properties:
                  ENDPOINTIDENTIFIER: sales
            """);
    for (var i = 0; i < properties.size(); i++) {
      var given = properties.get(i);
      if (given.comment().equals("before")) {
        text.append("      # before ").append(i).append('\n');
      }
      var lines = given.value().indent(6).substring(given.value().startsWith("\n") ? 0 : 6);
      var beside = given.value().contains("\n") ? "" : given.comment().replace("before", "");
      text.append("      ")
          .append(given.name())
          .append(lines.startsWith("\n") ? ":" : ": ")
          .append(lines.stripTrailing())
          .append(beside.isEmpty() ? "" : beside + " " + i)
          .append('\n');
    }
    return text
        + """
              BUCKETNAME: bucket
              # last
          # of the other
          Other:
            Type: AWS::SNS::Topic # other
        """;
  }

  @Property(tries = 100, seed = "1")
  void nothingIsLost(@ForAll("properties") List<Given> properties) {
    var yaml = block(properties);
    check(yaml, properties, "template.yaml");
    var written = TemplateMigrationTest.migrate(yaml).files().get("template.yaml");
    yaml.lines()
        .filter(line -> line.matches(".*# (before|beside|last|top|of the other|first|other).*"))
        .map(line -> line.replaceAll(".*(# [a-z])", "$1"))
        .forEach(comment -> assertThat(written).contains(comment));
    var json = JsonTemplates.of(yaml);
    check(json, properties, "template.json");
    check(JsonTemplates.tree(yaml).toString(), properties, "template.json");
    check("---\n" + json, properties, "template.yaml");
  }

  private static void check(String text, List<Given> properties, String file) {
    var migrated = TemplateMigrationTest.migrate(text);
    var before = JsonTemplates.tree(text);
    var written = migrated.files().get(file);
    var after = JsonTemplates.tree(written);
    for (var id : List.of("First", "Other")) {
      assertThat(after.get("Resources").get(id)).isEqualTo(before.get("Resources").get(id));
    }
    var resource = after.at("/Resources/Sales");
    var fates = Set.of(Remark.Kind.TRANSLATED, Remark.Kind.LEFT_OUT, Remark.Kind.NOT_TRANSLATED);
    for (var given : properties) {
      var told =
          migrated.remarks().stream()
              .filter(r -> r.where().equals("Sales." + given.name()))
              .filter(r -> fates.contains(r.kind()))
              .toList();
      assertThat(told).as(given + " in\n" + written).hasSize(1);
      var remark = told.get(0);
      assertThat(text.lines().toList().get(remark.line() - 1)).contains(given.name());
      if (remark.kind() == Remark.Kind.TRANSLATED) {
        var target = remark.text().replaceAll(",? .*", "");
        var at = resource.at("/Properties/" + target.replace('.', '/'));
        assertThat(at.isMissingNode()).as(given + " at " + target + "\n" + written).isFalse();
        var value = before.at("/Resources/Sales/Properties/" + given.name());
        if (value.isContainerNode()) {
          assertThat(at.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .as(written)
              .isEqualTo(value.toString().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
      } else if (remark.text().contains("stays")) {
        assertThat(written)
            .containsPattern("(# (left out|not translated): |\")" + given.name() + "\\b");
      } else {
        assertThat(remark.text()).containsAnyOf("it is empty", "says the same");
      }
    }
    assertThat(resource.get("Properties").properties())
        .extracting(Map.Entry::getKey)
        .isSubsetOf("EndpointIdentifier", "Environment", "S3Settings", "Tags");
  }
}
