package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * All findings of a run.
 *
 * @param typeName the type's name in the registry
 * @param region of the registration
 * @param account of the registration
 * @param findings in the order of the checks
 */
public record Diagnosis(String typeName, String region, String account, List<Finding> findings) {

  /** Returns whether nothing is broken. */
  public boolean isHealthy() {
    return count(Verdict.BROKEN) == 0;
  }

  private long count(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  /**
   * Returns the findings as a table: a line for each, a second one with the next command for what
   * is broken, and a last line with the number of each verdict.
   */
  public List<String> table() {
    var lines = new ArrayList<String>();
    lines.add("%s, account %s, %s".formatted(typeName, account, region));
    var environments = width(Diagnosis::environmentOf);
    var things = width(Finding::what);
    for (var finding : findings) {
      lines.add(
          String.join(
              "  ",
              finding.verdict().sign(),
              padded(environmentOf(finding), environments),
              padded(finding.what(), things),
              finding.detail()));
      if (finding.next() != null) {
        lines.add("   → " + finding.next());
      }
    }
    lines.add(
        Stream.of(Verdict.values())
            .map(verdict -> count(verdict) + " " + verdict.sign())
            .collect(Collectors.joining(", ")));
    return lines;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String environmentOf(Finding finding) {
    return finding.environment() == null ? "" : finding.environment();
  }

  private int width(Function<Finding, String> column) {
    return findings.stream().map(column).mapToInt(String::length).max().orElse(0);
  }

  /**
   * Returns the findings as JSON: {@code typeName}, {@code region}, {@code account}, {@code
   * healthy} and {@code findings}, each with {@code what}, {@code verdict} ({@code ok}, {@code
   * broken}, {@code unknown}) and {@code detail}, and with {@code environment} and {@code next}
   * where there are such.
   */
  public ObjectNode json() {
    var report =
        Json.object()
            .put("typeName", typeName)
            .put("region", region)
            .put("account", account)
            .put("healthy", isHealthy());
    var list = report.putArray("findings");
    for (var finding : findings) {
      var node = list.addObject();
      if (finding.environment() != null) {
        node.put("environment", finding.environment());
      }
      node.put("what", finding.what())
          .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
          .put("detail", finding.detail());
      if (finding.next() != null) {
        node.put("next", finding.next());
      }
    }
    return report;
  }
}
