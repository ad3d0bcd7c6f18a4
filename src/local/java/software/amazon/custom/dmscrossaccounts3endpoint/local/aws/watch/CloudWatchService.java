package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;

/** CloudWatch: takes metrics and keeps them. They stay when a world is restored. */
public final class CloudWatchService {
  private final Map<String, List<PublishedMetric>> accounts = new TreeMap<>();

  public Map<String, ServiceOperation> operations() {
    return Map.of("PutMetricData", this::putMetricData);
  }

  private ObjectNode putMetricData(Request request) {
    request.demand("cloudwatch:PutMetricData", "*");
    var namespace = request.parameters().text("Namespace").required().length(1, 255).value();
    for (var datum : request.parameters().requireList("MetricData").structures("MetricData")) {
      var name = datum.text("MetricName").required().length(1, 255).value();
      accounts
          .computeIfAbsent(request.account(), account -> new ArrayList<>())
          .add(new PublishedMetric(namespace, name, dimensions(datum), value(datum)));
    }
    return null;
  }

  private static Map<String, String> dimensions(Parameters datum) {
    var dimensions = new TreeMap<String, String>();
    for (var dimension : datum.structures("Dimensions")) {
      dimensions.put(
          dimension.text("Name").required().length(1, 255).value(),
          dimension.text("Value").required().length(1, 1024).value());
    }
    return dimensions;
  }

  private static double value(Parameters datum) {
    // The Query protocol has no numbers, CBOR has.
    var number = datum.values().path("Value");
    if (number.isNumber()) {
      return number.doubleValue();
    }
    var text = datum.text("Value").required().value();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw datum.invalid("The value " + text + " for parameter Value is not a number.");
    }
  }

  /** The data of an account, in the order in which they came. */
  public List<PublishedMetric> metrics(String account) {
    return List.copyOf(accounts.getOrDefault(account, List.of()));
  }
}
