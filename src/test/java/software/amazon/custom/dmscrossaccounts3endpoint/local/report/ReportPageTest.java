package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** The page and the picture as text, without a browser. */
class ReportPageTest {

  @Test
  void html_anyRun_holdsTheRunAsData() {
    var report = MadeUpRuns.ofEndpoints(2);

    assertThat(Json.object(page(report).select("#data").get(0).data()))
        .isEqualTo(Json.tree(report));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'><svg onload='alert(1)'>",
        "</title></style></pre></script><script>alert(1)</script><!--",
        "{hash} /*palette*/ ${1 + 1} &amp; {data} ]]>"
      })
  void html_textFromOutside_staysData(String text) throws Exception {
    var report = MadeUpRuns.saying(text);
    var page = page(report);

    assertThat(page.select("script")).hasSize(2);
    assertThat(page.select("img, svg, [onload], [onerror], body style")).isEmpty();
    assertThat(Json.object(page.select("#data").get(0).data())).isEqualTo(Json.tree(report));
    assertThat(picture(report).getElementsByTagName("script").getLength()).isZero();
    assertThat(picture(report).getElementsByTagName("text").item(0).getTextContent())
        .startsWith(text);
  }

  /** The one script makes text nodes and attributes; these would make markup or run text. */
  @Test
  void html_script_neverMakesMarkupOfText() {
    assertThat(page(MadeUpRuns.ofEndpoints(1)).select("script").get(1).data())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        .doesNotContain("Function(", "setTimeout", "DOMParser", "createContextualFragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b\u0008c\u001Bd", "\uD800", "\uFFFE", "line\nline\ttab"})
  void html_noText_isNotWritten(String text) throws Exception {
    assertThat(ReportPage.html(MadeUpRuns.saying(text)))
        .doesNotContainPattern("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE]");
    assertThat(picture(MadeUpRuns.saying(text)).getDocumentElement().getTagName()).isEqualTo("svg");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 99})
  void html_anySize_needsNothingButItself(int endpoints) throws Exception {
    var text = ReportPage.html(MadeUpRuns.ofEndpoints(endpoints));
    var page = Jsoup.parse(text);

    assertThat(text).doesNotContain("://", "url(", "@import");
    assertThat(page.select("[src], link, iframe, object, use, image")).isEmpty();
    var hash =
        MessageDigest.getInstance("SHA-256")
            .digest(page.select("script").get(1).data().getBytes(StandardCharsets.UTF_8));
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'")
        .endsWith("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    assertThat(text.length()).isLessThan(100_000 + endpoints * 3 * 20_000);
  }

  @Test
  void html_template_isWellFormed() {
    var parser = Parser.htmlParser().setTrackErrors(10);
    Jsoup.parse(ReportPage.html(MadeUpRuns.ofEndpoints(1)), "", parser);

    assertThat(parser.getErrors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void svg_anySize_isXmlWithAMarkForEachEventAndCall(int endpoints) throws Exception {
    var report = MadeUpRuns.ofEndpoints(endpoints);
    var svg = Jsoup.parse(TimelinePicture.svg(report), Parser.xmlParser());

    assertThat(picture(report).getDocumentElement().getNamespaceURI())
        .isEqualTo("http://www.w3.org/2000/svg");
    assertThat(TimelinePicture.svg(report).replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("://", "url(", "<script", "href")
        .contains("prefers-color-scheme: dark");
    // Each kind has an entry in the legend besides.
    assertThat(svg.select("circle.event")).hasSize((int) report.events().count() + 3);
    assertThat(svg.select("rect.call")).hasSize((int) report.calls().count() + 3 + 1);
    assertThat(svg.select("text.operation").eachText()).contains("dev-lake-01", "CREATE 12.0 s");
  }

  @Test
  void palette_bothSchemes_haveContrast() {
    var css = ReportPage.resource("palette.css");
    var light = Colours.of(css.substring(0, css.indexOf("@media")));
    var dark = Colours.of(css.substring(css.indexOf("@media")));

    for (var scheme : List.of(light, dark)) {
      for (var text : List.of("ink", "soft", "good", "bad", "dms")) {
        for (var behind : List.of("paper", "panel")) {
          assertThat(scheme.contrast(text, behind)).as(text + " on " + behind).isGreaterThan(4.5);
        }
      }
      for (var phase = 0; phase < 8; phase++) {
        assertThat(scheme.contrast("ink", "p" + phase)).as("p" + phase).isGreaterThan(4.5);
      }
      for (var mark : List.of("dms", "iam", "sts", "other", "good", "bad")) {
        assertThat(scheme.contrast(mark, "paper")).as(mark).isGreaterThan(3);
      }
    }
  }

  private static Document page(RunReport report) {
    return Jsoup.parse(ReportPage.html(report));
  }

  private static org.w3c.dom.Document picture(RunReport report) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(TimelinePicture.svg(report).getBytes(StandardCharsets.UTF_8)));
  }
}
