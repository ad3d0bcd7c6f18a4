package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as HTML, without a browser. */
class ReportPageTest {
  private static final List<String> SECTIONS =
      List.of("timeline", "ready", "calls", "trust", "left", "events", "run");

  @Test
  void everySectionIsThereAndHasAHeading() {
    try (var lives = new RecordedLives()) {
      lives.live("sales-lake");
      var page = page(lives.report());

      assertThat(page.select("main > section").eachAttr("id")).isEqualTo(SECTIONS);
      assertThat(page.select("nav a").eachAttr("href"))
          .isEqualTo(SECTIONS.stream().map(id -> "#" + id).toList());
      assertThat(page.select("h1")).hasSize(1);
      assertThat(page.select("main > section > h2")).hasSize(SECTIONS.size());
      assertThat(page.select("html").attr("lang")).isEqualTo("en");
      assertThat(page.title()).isEqualTo("One endpoint: every step held");
    }
  }

  @Test
  void numbersAreThoseOfTheLocalAws() {
    try (var lives = new RecordedLives()) {
      lives.live("sales-lake");
      var calls = lives.calls();
      var page = page(lives.report());

      for (var service : List.of("dms", "iam", "sts")) {
        var ofIt = calls.stream().filter(call -> call.service().equals(service)).count();
        assertThat(page.select("#calls tr.sum:has(th:contains(" + service + ")) td").get(0).text())
            .isEqualTo("" + ofIt);
        assertThat(page.select("#timeline figure rect." + service)).hasSize((int) ofIt);
      }
      assertThat(
              page.select("#calls tr:not(.sum) td:nth-of-type(1)").stream()
                  .mapToInt(cell -> Integer.parseInt(cell.text()))
                  .sum())
          .isEqualTo(calls.size());
      assertThat(page.select("#timeline figure rect.refused"))
          .hasSize((int) calls.stream().filter(call -> !call.succeeded()).count());
      assertThat(page.select("#timeline figure circle.event"))
          .hasSameSizeAs(page.select("#events tbody tr:not(.sum)"))
          .hasSize(lives.report().events());
    }
  }

  @Test
  void whatIsTrustedBeforeAndAfterIsADifference() {
    try (var lives = new RecordedLives()) {
      var id = lives.live("sales-lake").model().orElseThrow().path("ExternalId").asText();
      var page = page(lives.report());

      assertThat(page.select("#trust > pre .gone").text()).contains("aws:SourceAccount");
      assertThat(page.select("#trust > pre .new").text()).contains("sts:ExternalId", id);
    }
  }

  @Test
  void whatIsLeftAndWhichStepDidNotHoldIsSaid() {
    var page =
        page(
            new RunReport(
                RecordedLives.FACTS,
                Ending.failed(
                    "something is left", List.of("arn:aws:iam::444455556666:role/forgotten")),
                "delete",
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                List.of(),
                0));

    assertThat(page.select(".verdict").text())
        .isEqualTo("A step did not hold delete: something is left");
    assertThat(page.select("#left tr:has(th:contains(444455556666)) td").last().text())
        .isEqualTo("arn:aws:iam::444455556666:role/forgotten");
    assertThat(page.select("#left tr:has(th:contains(111122223333)) td").last().text())
        .isEqualTo("nothing");
    assertThat(page.select("#ready").text()).contains("No endpoint became ready.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg onload='alert(1)'>",
        "</title></style></pre><script>alert(1)</script>",
        "${1 + 1} <#list 1..9 as x>${x}</#list> &amp; {{x}}"
      })
  void whatComesFromOutsideIsText(String text) {
    var page = page(MadeUpRuns.saying(text));

    assertThat(page.select("script, img, [onload], [onerror], main style")).isEmpty();
    assertThat(page.select("#events td:contains(alert), #events td:contains(1 + 1)"))
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(cell.wholeText()).contains(text));
    assertThat(page.select(".type").get(0).wholeText()).isEqualTo(text);
    assertThat(page.select("#run th").last().wholeText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b\u0008c\u001Bd", "\uD800", "\uFFFE", "line\nline\ttab"})
  void whatIsNoTextIsNotInThePageNorInThePicture(String text) throws Exception {
    assertThat(ReportTemplates.html(MadeUpRuns.saying(text)))
        .doesNotContainPattern("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE]");
    assertThat(picture(MadeUpRuns.saying(text)).getDocumentElement().getTagName()).isEqualTo("svg");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 99})
  void thePageNeedsNothingButItself(int endpoints) {
    var report = MadeUpRuns.ofEndpoints(endpoints);
    var text = ReportTemplates.html(report);
    var page = page(report);

    assertThat(text).doesNotContain("://").doesNotContain("url(").doesNotContain("@import");
    assertThat(page.select("[src], link, script, iframe, object, use, image")).isEmpty();
    assertThat(page.select("a[href]").eachAttr("href")).allMatch(target -> target.startsWith("#"));
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
    assertThat(text.length()).isLessThan(300_000 + endpoints * 3 * 14_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 99})
  void thePageIsWellFormedAndSaysWhatItsPartsAre(int endpoints) {
    var report = MadeUpRuns.ofEndpoints(endpoints);
    var parser = Parser.htmlParser().setTrackErrors(10);
    var page = Jsoup.parse(ReportTemplates.html(report), "", parser);

    assertThat(parser.getErrors()).isEmpty();
    assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    assertThat(page.select("[aria-labelledby]").eachAttr("aria-labelledby"))
        .allSatisfy(
            ids -> {
              for (var id : ids.split(" ")) {
                assertThat(page.getElementById(id)).as(id).isNotNull();
              }
            });
    assertThat(page.select("th")).allMatch(heading -> heading.hasAttr("scope"));
    assertThat(page.select("table"))
        .allSatisfy(table -> assertThat(table.select("th[scope]")).isNotEmpty());
    assertThat(page.select("svg[role=img]"))
        .isNotEmpty()
        .allSatisfy(svg -> assertThat(titles(svg)).containsExactly("title", "desc"));
    assertThat(page.select("h1, h2, h3").eachText()).startsWith("Report of a run: a fleet");
    assertThat(page.select("#timeline figure")).hasSize(3);
    assertThat(page.select("#events > details")).hasSize(3 * endpoints);
    assertThat(page.select("#trust > details > details")).hasSize(3 * endpoints - 1);
  }

  @Test
  void thePictureIsXmlAndNeedsNothingButItself() throws Exception {
    try (var lives = new RecordedLives()) {
      lives.live("sales-lake");
      var svg = picture(lives.report());

      assertThat(svg.getDocumentElement().getNamespaceURI())
          .isEqualTo("http://www.w3.org/2000/svg");
      assertThat(ReportTemplates.svg(lives.report()).replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain("://", "url(", "<script", "href")
          .contains("prefers-color-scheme: dark");
    }
  }

  @Test
  void coloursHaveContrastInBothSchemes() {
    var css = ReportTemplates.html(MadeUpRuns.ofEndpoints(1));
    var light = Colours.of(css.substring(css.indexOf(":root"), css.indexOf("@media")));
    var dark = Colours.of(css.substring(css.indexOf("@media"), css.indexOf("svg text")));

    for (var scheme : List.of(light, dark)) {
      for (var text : List.of("ink", "soft", "good", "bad", "dms")) {
        for (var behind : List.of("paper", "panel")) {
          assertThat(scheme.contrast(text, behind)).as(text + " on " + behind).isGreaterThan(4.5);
        }
      }
      for (var phase :
          List.of("begin", "grant", "adapt", "handshake", "test", "finish", "remove", "revoke")) {
        assertThat(scheme.contrast("ink", phase)).as(phase).isGreaterThan(4.5);
      }
      for (var mark : List.of("dms", "iam", "sts", "other", "event", "good", "bad")) {
        assertThat(scheme.contrast(mark, "paper")).as(mark).isGreaterThan(3);
      }
    }
  }

  private static List<String> titles(Element svg) {
    return svg.children().stream().limit(2).map(Element::tagName).toList();
  }

  private static Document page(RunReport report) {
    return Jsoup.parse(ReportTemplates.html(report));
  }

  private static org.w3c.dom.Document picture(RunReport report) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(ReportTemplates.svg(report).getBytes(StandardCharsets.UTF_8)));
  }
}
