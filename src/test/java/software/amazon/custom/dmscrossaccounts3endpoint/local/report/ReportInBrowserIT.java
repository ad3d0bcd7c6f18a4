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
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.Programs;

/**
 * The page as a browser shows it. Needs Chromium or Chrome: what a browser makes of a page can be
 * read from {@code --dump-dom}, which Firefox does not have.
 */
class ReportInBrowserIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Of the light and of the dark scheme. */
  private static final List<Color> PAPER = List.of(new Color(0xffffff), new Color(0x0d1117));

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
  void theBrowserSeesWhatWasWrittenAndHasNothingToComplainOf() throws Exception {
    var dom = Jsoup.parse(run("--enable-logging=stderr", "--dump-dom"));
    var written = Jsoup.parse(page);

    assertThat(dom.select("main > section").eachAttr("id"))
        .isEqualTo(written.select("main > section").eachAttr("id"))
        .hasSize(7);
    for (var shape : List.of("rect", "circle", "line", "text", "td", "th", "details")) {
      assertThat(dom.select(shape)).as(shape).hasSameSizeAs(written.select(shape)).isNotEmpty();
    }
    assertThat(dom.select("#timeline svg title").eachText())
        .isEqualTo(written.select("#timeline svg title").eachText());
    assertThat(Files.readString(folder.resolve("complaints")))
        .doesNotContain(":CONSOLE")
        .doesNotContain("Refused to");
  }

  /** Which shows that the test above would see a complaint. */
  @Test
  void theBrowserRunsNoScriptAndComplains() throws Exception {
    Files.writeString(
        page,
        Files.readString(page).replace("</main>", "</main><script>document.title = 1</script>"));

    var dom = Jsoup.parse(run("--enable-logging=stderr", "--dump-dom"));

    assertThat(dom.title()).isEqualTo("One endpoint: every step held");
    assertThat(Files.readString(folder.resolve("complaints"))).contains(":CONSOLE");
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
