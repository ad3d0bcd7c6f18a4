package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * Writes a report as a page: the template {@code report/report.html} of the resources with the data
 * of the run in it. The template's script makes text nodes of the data, never markup.
 */
final class ReportPage {
  /** Characters that XML excludes, escaped or not (XML 1.0, 2.2), and an HTML page should. */
  private static final Pattern NO_TEXT =
      Pattern.compile(
          "[^\\t\\n\\r\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private static final String SCRIPT = "<script>";

  private ReportPage() {}

  /** Returns a page that needs nothing but itself. */
  static String html(RunReport report) {
    var template = resource("report.html").replace("/*palette*/", resource("palette.css"));
    var begin = template.indexOf(SCRIPT) + SCRIPT.length();
    var script = template.substring(begin, template.indexOf("</script>", begin));
    // Inside a script element only the character < can begin markup.
    var data = Json.pretty(Json.tree(report)).replace("<", "\\u003c");
    return text(template.replace("{hash}", sha256(script)).replace("{data}", data));
  }

  /** Returns a text without what is no character. */
  static String text(String text) {
    return NO_TEXT.matcher(text).replaceAll("\uFFFD");
  }

  static String resource(String name) {
    try (var file = ReportPage.class.getResourceAsStream("/report/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the hash under which the page's security policy lets its only script run. */
  private static String sha256(String script) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(script.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }
}
