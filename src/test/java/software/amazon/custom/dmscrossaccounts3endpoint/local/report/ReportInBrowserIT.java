package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/**
 * The page as a browser shows it. Needs Chromium or Chrome: what a browser makes of a page can be
 * read from {@code --dump-dom}, which Firefox does not have.
 */
class ReportInBrowserIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Of the light and of the dark scheme. */
  private static final List<Color> PAPER = List.of(new Color(0xffffff), new Color(0x0d1117));

  /**
   * Counts elements that stick out of the page, and words of messages that stand on two lines
   * though they have room on one.
   */
  private static final String MEASURE =
      """
      const wide = document.documentElement.clientWidth;
      const cut = [...document.querySelectorAll('main *, header *')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width > 0 && (box.right > wide + 1 || box.left < -1);
      });
      let broken = 0;
      document.querySelectorAll('[data-label=message]').forEach(cell => {
        const node = cell.firstChild;
        for (const word of node ? node.data.matchAll(/\\S+/g) : []) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          if (word[0].length < 20 && range.getClientRects().length > 1) broken++;
        }
      });
      document.title = `cut off: ${cut.length}, broken: ${broken}`;
      """;

  private static RunReport report;

  @TempDir private Path folder;
  private Path browser;
  private Path page;

  /** Before there is a folder: the RPDK wrapper empties those of the JVM. */
  @BeforeAll
  static void live() {
    try (var lives = new RecordedLives()) {
      lives.live("sales-lake");
      report = lives.report();
    }
  }

  @BeforeEach
  void write() throws IOException {
    browser =
        Programs.requiredOneOf(
            List.of("chromium", "google-chrome", "chromium-browser", "google-chrome-stable"),
            this::runs,
            "what a browser makes of the report of a run");
    page = folder.resolve("run.html");
    new ReportFile(page).write(report);
  }

  @Test
  void page_opened_showsTheRunAndHasNothingToComplainOf() throws Exception {
    var dom = Jsoup.parse(run("--enable-logging=stderr", "--dump-dom"));

    assertThat(dom.title()).isEqualTo("One endpoint: every step held");
    assertThat(dom.select(".verdict").text()).isEqualTo("Every step held");
    assertThat(dom.select("main > section").eachAttr("id"))
        .containsExactly("timeline", "ready", "calls", "trust", "left", "events", "run");
    assertThat(dom.select("nav a").eachAttr("href"))
        .isEqualTo(dom.select("main > section").eachAttr("id").stream().map("#"::concat).toList());
    for (var service : List.of("dms", "iam", "sts")) {
      assertThat(dom.select("#timeline i.call." + service))
          .hasSize((int) report.calls().filter(c -> c.service().equals(service)).count());
    }
    assertThat(dom.select("#timeline i.event"))
        .hasSameSizeAs(dom.select("#events tbody tr:has(td)"))
        .hasSize((int) report.events().count());
    assertThat(
            dom.select("#calls td[data-label=calls]").eachText().stream()
                .mapToInt(Integer::parseInt)
                .sum())
        .isEqualTo(2 * (int) report.calls().count());
    assertThat(dom.select("#trust del").text()).contains("aws:SourceAccount");
    assertThat(dom.select("#trust ins").text()).contains("sts:ExternalId");
    assertThat(dom.select("#left td:last-child").eachText()).containsOnly("nothing");
    assertThat(Files.readString(folder.resolve("complaints")))
        .doesNotContain(":CONSOLE")
        .doesNotContain("Refused to");
  }

  @Test
  void page_failedRun_showsFailuresFirst() throws Exception {
    new ReportFile(page).write(MadeUpRuns.saying("it broke"));

    var dom = Jsoup.parse(run("--dump-dom"));

    assertThat(dom.select(".verdict").text()).isEqualTo("A step did not hold it broke: it broke");
    assertThat(dom.select("main > section").get(0).id()).isEqualTo("failures");
    assertThat(dom.select("#failures tbody tr")).hasSize(1);
    assertThat(dom.select("#left code.bad").text()).isEqualTo("it broke");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>document.title = 1</script>",
        "\"><img src=x onerror=document.title=1>",
        "</script><script>document.title = 1</script>"
      })
  void page_textFromOutside_isShownAsText(String text) throws Exception {
    new ReportFile(page).write(MadeUpRuns.saying(text));

    var dom = Jsoup.parse(run("--dump-dom"));

    assertThat(dom.title()).isEqualTo(text + ": a step did not hold");
    assertThat(dom.select("script")).hasSize(2);
    assertThat(dom.select("img, [onerror]")).isEmpty();
    assertThat(dom.select(".type").get(0).wholeText()).isEqualTo(text);
    assertThat(dom.select("#events td[data-label=message]").get(0).wholeText()).isEqualTo(text);
  }

  /** Which shows that the tests above would see a complaint. */
  @Test
  void page_anotherScript_isNotRun() throws Exception {
    Files.writeString(
        page,
        Files.readString(page).replace("</body>", "<script>document.title = 1</script></body>"));

    var dom = Jsoup.parse(run("--enable-logging=stderr", "--dump-dom"));

    assertThat(dom.title()).isEqualTo("One endpoint: every step held");
    assertThat(Files.readString(folder.resolve("complaints"))).contains(":CONSOLE");
  }

  /** With a script of the test that measures, which the page itself would not let run. */
  @ParameterizedTest
  @ValueSource(ints = {360, 700, 1000})
  void page_anyWidth_cutsNothingOffAndBreaksNoWord(int width) throws Exception {
    Files.writeString(
        page,
        Files.readString(page)
            .replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace("</body>", "<script>" + MEASURE + "</script></body>"));

    var dom = Jsoup.parse(run("--window-size=" + width + ",800", "--dump-dom"));

    assertThat(dom.title()).isEqualTo("cut off: 0, broken: 0");
  }

  @Test
  void thePageIsLightOrDarkAsTheReaderWants() throws Exception {
    for (var scheme : List.of(1, 0)) {
      var picture = folder.resolve("picture" + scheme + ".png");
      run("--blink-settings=preferredColorScheme=" + scheme, "--screenshot=" + picture);

      var pixels = ImageIO.read(picture.toFile());
      assertThat(new Color(pixels.getRGB(2, 2))).isEqualTo(PAPER.get(1 - scheme));
    }
  }

  /** Some systems have a script in place of the browser that tells how to get it. */
  private boolean runs(Path program) {
    try {
      return run(program, "--dump-dom", "about:blank").contains("<html");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String run(String... options) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(options));
    all.add(page.toUri().toString());
    return run(browser, all.toArray(String[]::new));
  }

  private String run(Path program, String... options) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // Nothing but the file: no name has an address, and no address a way.
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--proxy-server=127.0.0.1:9",
                "--window-size=1000,800",
                "--user-data-dir=" + folder.resolve("browser")));
    command.addAll(List.of(options));
    var answer = folder.resolve("answer");
    var process =
        new ProcessBuilder(command)
            .redirectOutput(answer.toFile())
            .redirectError(folder.resolve("complaints").toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return Files.readString(answer);
  }
}
