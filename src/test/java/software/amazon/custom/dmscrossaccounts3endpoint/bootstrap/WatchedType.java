package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.PublishedMetric;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * The alarms and the dashboard of {@code bootstrap/alarms.yaml}, on given metrics and log lines.
 */
record WatchedType(DeployedTemplate template) {

  static final String LOG_GROUP = "dms-cross-account-s3-endpoint";

  private static final Pattern COMPARISON =
      Pattern.compile("\\$\\.([A-Za-z]+) *= *\"([^\"*]*)(\\*?)\"");
  private static final Pattern ALTERNATIVES = Pattern.compile("\\(([TF](\\|\\|[TF])*)\\)");

  static WatchedType with(Map<String, String> parameters) {
    return new WatchedType(deployed(TwoAccounts.DMS, parameters));
  }

  static DeployedTemplate deployed(String account, Map<String, String> parameters) {
    return DeployedTemplate.of(
        TemplateFile.read(Path.of("bootstrap", "alarms.yaml")), account, parameters);
  }

  /** A metric is identified by namespace, name and dimensions. */
  record Metric(String namespace, String name, Map<String, String> dimensions) {
    static Metric of(PublishedMetric published) {
      return new Metric(published.namespace(), published.name(), published.dimensions());
    }

    private static Metric of(JsonNode declared) {
      var dimensions = new TreeMap<String, String>();
      declared
          .path("Dimensions")
          .forEach(d -> dimensions.put(d.get("Name").asText(), d.get("Value").asText()));
      return new Metric(
          declared.get("Namespace").asText(), declared.get("MetricName").asText(), dimensions);
    }

    private static Metric ofFilter(JsonNode filter) {
      var made = filter.at("/MetricTransformations/0");
      return new Metric(
          made.get("MetricNamespace").asText(), made.get("MetricName").asText(), Map.of());
    }
  }

  private List<JsonNode> all(String type) {
    return List.copyOf(template.resources(type).values());
  }

  /** The metrics that the filters make of the log. */
  List<Metric> metricsOfFilters() {
    return all("AWS::Logs::MetricFilter").stream().map(Metric::ofFilter).toList();
  }

  /** The metrics that alarms evaluate. */
  List<Metric> metricsOfAlarms() {
    return all("AWS::CloudWatch::Alarm").stream()
        .flatMap(alarm -> queries(alarm).stream())
        .map(query -> Metric.of(query.at("/Metric")))
        .toList();
  }

  /** The queries of an alarm, each with its metric and statistic; an alarm of one metric is one. */
  private static List<JsonNode> queries(JsonNode alarm) {
    if (alarm.has("MetricName")) {
      return List.of(
          Json.object().put("Stat", alarm.get("Statistic").asText()).set("Metric", alarm));
    }
    return StreamSupport.stream(alarm.get("Metrics").spliterator(), false)
        .filter(query -> query.has("MetricStat"))
        .map(query -> query.get("MetricStat"))
        .toList();
  }

  /** The body of the dashboard. */
  JsonNode dashboard() {
    return Json.object(all("AWS::CloudWatch::Dashboard").get(0).get("DashboardBody").asText());
  }

  /** The metrics of the dashboard, with {@code .} and {@code ...} replaced by the line before. */
  List<Metric> metricsOfDashboard() {
    var metrics = new ArrayList<Metric>();
    for (var widget : dashboard().get("widgets")) {
      var before = new ArrayList<String>();
      for (var line : widget.at("/properties/metrics")) {
        var words = new ArrayList<String>();
        for (var word : line) {
          if (word.asText().equals("...")) {
            var own = line.findValues("label").isEmpty() ? line.size() : line.size() - 1;
            words.addAll(before.subList(0, before.size() - own + 1));
          } else if (word.isTextual()) {
            words.add(word.asText().equals(".") ? before.get(words.size()) : word.asText());
          }
        }
        var dimensions = new TreeMap<String, String>();
        for (var i = 2; i < words.size(); i += 2) {
          dimensions.put(words.get(i), words.get(i + 1));
        }
        metrics.add(new Metric(words.get(0), words.get(1), dimensions));
        before = words;
      }
    }
    return metrics;
  }

  /** The names of the alarms that these metrics and lines set off, without the stack's name. */
  SortedSet<String> alarmsOf(List<PublishedMetric> published, List<String> lines) {
    var values = new HashMap<Metric, List<Double>>();
    published.forEach(
        p -> values.computeIfAbsent(Metric.of(p), m -> new ArrayList<>()).add(p.value()));
    for (var filter : all("AWS::Logs::MetricFilter")) {
      var pattern = filter.get("FilterPattern").asText();
      values.put(
          Metric.ofFilter(filter),
          lines.stream().filter(line -> matches(pattern, line)).map(line -> 1.0).toList());
    }
    var told = new TreeSet<String>();
    for (var alarm : all("AWS::CloudWatch::Alarm")) {
      if (value(alarm, values) >= alarm.get("Threshold").asDouble()) {
        told.add(alarm.get("AlarmName").asText().replaceFirst("stack-", ""));
      }
    }
    return told;
  }

  /** The template's expressions are the sum of all queries or the greatest of them. */
  private static double value(JsonNode alarm, Map<Metric, List<Double>> values) {
    var statistics =
        queries(alarm).stream()
            .mapToDouble(
                query ->
                    values.getOrDefault(Metric.of(query.get("Metric")), List.of()).stream()
                        .reduce(query.get("Stat").asText().equals("Sum") ? Double::sum : Math::max)
                        .orElse(0.0));
    var expression = alarm.at("/Metrics/0/Expression").asText("FILL(one, 0)");
    if (!expression.matches(
        "MAX\\(\\[\\w+(, \\w+)*]\\)|FILL\\(\\w+, 0\\)( \\+ FILL\\(\\w+, 0\\))*")) {
      throw new IllegalArgumentException("This test does not know " + expression);
    }
    return expression.startsWith("MAX") ? statistics.max().orElseThrow() : statistics.sum();
  }

  /**
   * Whether a line of the log matches a filter's pattern (CloudWatch Logs user guide, filter
   * pattern syntax): comparisons with a text, joined by {@code &&}, {@code ||} and parentheses.
   */
  static boolean matches(String pattern, String line) {
    if (!line.startsWith("{")) {
      return false;
    }
    var event = Json.object(line);
    var text =
        COMPARISON
            .matcher(pattern.replaceFirst("^\\{", "(").replaceFirst("}$", ")"))
            .replaceAll(
                found -> {
                  var held = event.path(found.group(1)).asText();
                  var wanted = found.group(2);
                  var holds =
                      found.group(3).isEmpty() ? held.equals(wanted) : held.startsWith(wanted);
                  return holds ? "T" : "F";
                })
            .replace(" ", "");
    while (text.length() > 1) {
      var simpler = text.replace("T&&T", "T").replaceAll("F&&[TF]|T&&F", "F");
      simpler = ALTERNATIVES.matcher(simpler).replaceAll(a -> a.group(1).contains("T") ? "T" : "F");
      if (simpler.equals(text)) {
        throw new IllegalArgumentException("This test does not know " + pattern);
      }
      text = simpler;
    }
    return text.equals("T");
  }
}
