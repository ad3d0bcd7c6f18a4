package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * What the doctor found.
 *
 * @param typeName the type's name in the registry
 * @param region of the registration
 * @param account of the registration
 * @param findings in the order in which they were made
 */
public record Diagnosis(String typeName, String region, String account, List<Finding> findings) {

  private static final String OF_NONE = "";

  /** Whether nothing is broken. */
  public boolean isHealthy() {
    return count(Verdict.BROKEN) == 0;
  }

  private long count(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  /**
   * The findings as a table: a line for each, a second one with the next command for what is
   * broken, and a last line with how many there are of each kind.
   */
  public List<String> table() {
    var lines = new ArrayList<String>();
    lines.add("%s, account %s, %s".formatted(typeName, account, region));
    var environments = width(f -> f.environment().orElse(OF_NONE));
    var whats = width(Finding::what);
    for (var finding : findings) {
      lines.add(
          "%s  %s  %s  %s"
              .formatted(
                  finding.verdict().sign(),
                  padded(finding.environment().orElse(OF_NONE), environments),
                  padded(finding.what(), whats),
                  finding.detail()));
      finding.next().ifPresent(command -> lines.add("   → " + command));
    }
    lines.add(
        Stream.of(Verdict.values())
            .map(verdict -> count(verdict) + " " + verdict.sign())
            .collect(Collectors.joining(", ")));
    return lines;
  }

  private int width(Function<Finding, String> column) {
    return findings.stream().map(column).mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /**
   * The findings as JSON: {@code typeName}, {@code region}, {@code account}, {@code healthy} and
   * {@code findings}, each with {@code environment} and {@code next} where there are such, {@code
   * what}, {@code verdict} ({@code ok}, {@code broken}, {@code unknown}) and {@code detail}.
   */
  public String json() {
    var report =
        Json.object()
            .put("typeName", typeName)
            .put("region", region)
            .put("account", account)
            .put("healthy", isHealthy());
    var list = report.putArray("findings");
    findings.forEach(finding -> put(list.addObject(), finding));
    return Json.pretty(report);
  }

  private static void put(ObjectNode node, Finding finding) {
    finding.environment().ifPresent(environment -> node.put("environment", environment));
    node.put("what", finding.what())
        .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
        .put("detail", finding.detail());
    finding.next().ifPresent(command -> node.put("next", command));
  }
}
