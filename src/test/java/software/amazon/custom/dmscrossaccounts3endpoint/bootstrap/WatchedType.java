package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.PublishedMetric;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** What {@code bootstrap/alarms.yaml} makes of metrics and of lines of the log. */
final class WatchedType {

  static final String LOG_GROUP = "dms-cross-account-s3-endpoint";

  private static final Pattern FILLED = Pattern.compile("FILL\\((\\w+), 0\\)");

  private final DeployedTemplate template;

  private WatchedType(DeployedTemplate template) {
    this.template = template;
  }

  static WatchedType with(Map<String, String> parameters) {
    return new WatchedType(deployed(TwoAccounts.DMS, parameters));
  }

  static DeployedTemplate deployed(String account, Map<String, String> parameters) {
    return DeployedTemplate.of(
        TemplateFile.read(Path.of("bootstrap", "alarms.yaml")), account, parameters);
  }

  /** A metric is told apart by namespace, name and dimensions. */
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
  }

  Collection<ObjectNode> filters() {
    return template.resources("AWS::Logs::MetricFilter").values();
  }

  /** The metrics that the filters make of the log. */
  List<Metric> metricsOfFilters() {
    return filters().stream().map(WatchedType::metricOf).toList();
  }

  private static Metric metricOf(JsonNode filter) {
    var made = filter.at("/MetricTransformations/0");
    return new Metric(
        made.get("MetricNamespace").asText(), made.get("MetricName").asText(), Map.of());
  }

  /** The metrics that alarms look at. */
  List<Metric> metricsOfAlarms() {
    return alarms().stream().flatMap(alarm -> metrics(alarm).values().stream()).toList();
  }

  private Collection<ObjectNode> alarms() {
    return template.resources("AWS::CloudWatch::Alarm").values();
  }

  /** The metrics of an alarm by their ids; of an alarm of one metric under an empty id. */
  private static Map<String, Metric> metrics(JsonNode alarm) {
    if (alarm.has("MetricName")) {
      return Map.of("", Metric.of(alarm));
    }
    var metrics = new HashMap<String, Metric>();
    for (var metric : alarm.get("Metrics")) {
      if (metric.has("MetricStat")) {
        metrics.put(metric.get("Id").asText(), Metric.of(metric.at("/MetricStat/Metric")));
      }
    }
    return metrics;
  }

  /** The body of the dashboard. */
  JsonNode dashboard() {
    var dashboard = template.resources("AWS::CloudWatch::Dashboard").values().iterator().next();
    return Json.object(dashboard.get("DashboardBody").asText());
  }

  /** The metrics of the dashboard, with {@code .} and {@code ...} written out. */
  List<Metric> metricsOfDashboard() {
    var metrics = new ArrayList<Metric>();
    for (var widget : dashboard().get("widgets")) {
      List<String> before = List.of();
      for (var line : widget.at("/properties/metrics")) {
        var words = new ArrayList<String>();
        line.forEach(
            word -> {
              if (word.isTextual()) {
                words.add(word.asText());
              }
            });
        before = writtenOut(words, before);
        var dimensions = new TreeMap<String, String>();
        for (var i = 2; i < before.size(); i += 2) {
          dimensions.put(before.get(i), before.get(i + 1));
        }
        metrics.add(new Metric(before.get(0), before.get(1), dimensions));
      }
    }
    return metrics;
  }

  private static List<String> writtenOut(List<String> words, List<String> before) {
    var full = new ArrayList<String>();
    for (var word : words) {
      if (word.equals("...")) {
        full.addAll(before.subList(0, before.size() - words.size() + 1));
      } else {
        full.add(word.equals(".") ? before.get(full.size()) : word);
      }
    }
    return full;
  }

  /** The names of the alarms that these metrics and lines set off, without the stack's name. */
  SortedSet<String> alarmsOf(List<PublishedMetric> published, List<String> lines) {
    var values = new HashMap<Metric, List<Double>>();
    published.forEach(
        p -> values.computeIfAbsent(Metric.of(p), m -> new ArrayList<>()).add(p.value()));
    for (var filter : filters()) {
      var matches = MetricFilterPattern.of(filter.get("FilterPattern").asText());
      values.put(metricOf(filter), lines.stream().filter(matches).map(line -> 1.0).toList());
    }
    var told = new TreeSet<String>();
    for (var alarm : alarms()) {
      if (value(alarm, values) >= alarm.get("Threshold").asDouble()) {
        told.add(alarm.get("AlarmName").asText().replaceFirst("stack-", ""));
      }
    }
    return told;
  }

  private static double value(JsonNode alarm, Map<Metric, List<Double>> values) {
    var metrics = metrics(alarm);
    if (alarm.has("MetricName")) {
      return statistic(alarm.get("Statistic"), values.get(metrics.get("")));
    }
    var byId = new HashMap<String, Double>();
    var expression = "";
    for (var metric : alarm.get("Metrics")) {
      var id = metric.get("Id").asText();
      if (metric.has("Expression")) {
        expression = metric.get("Expression").asText();
      } else {
        byId.put(id, statistic(metric.at("/MetricStat/Stat"), values.get(metrics.get(id))));
      }
    }
    return result(expression, byId);
  }

  /** A sum of metrics, or the greatest of them. */
  private static double result(String expression, Map<String, Double> byId) {
    if (expression.startsWith("MAX([")) {
      return Arrays.stream(expression.substring(5, expression.length() - 2).split(", "))
          .mapToDouble(byId::get)
          .max()
          .orElseThrow();
    }
    return Stream.of(expression.split(" \\+ "))
        .mapToDouble(
            term -> {
              var filled = FILLED.matcher(term);
              if (!filled.matches()) {
                throw new IllegalArgumentException("This test does not know " + term);
              }
              return byId.get(filled.group(1));
            })
        .sum();
  }

  private static double statistic(JsonNode name, List<Double> data) {
    var numbers = data == null ? List.<Double>of() : data;
    return switch (name.asText()) {
      case "Sum" -> numbers.stream().mapToDouble(d -> d).sum();
      case "Maximum" -> numbers.stream().mapToDouble(d -> d).max().orElse(0);
      default -> throw new IllegalArgumentException("This test does not know " + name);
    };
  }
}
