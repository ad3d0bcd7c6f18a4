package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;

/** CloudWatch: takes metrics and counts them. They stay when a world is restored. */
public final class CloudWatchService {
  private final Map<String, Integer> counts = new TreeMap<>();

  public Map<String, ServiceOperation> operations() {
    return Map.of("PutMetricData", this::putMetricData);
  }

  private ObjectNode putMetricData(Request request) {
    request.demand("cloudwatch:PutMetricData", "*");
    var namespace = request.parameters().text("Namespace").required().length(1, 255).value();
    for (var datum : request.parameters().requireList("MetricData").structures("MetricData")) {
      var name = datum.text("MetricName").required().length(1, 255).value();
      counts.merge(request.account() + "/" + namespace + "/" + name, 1, Integer::sum);
    }
    return null;
  }

  /** How many data each metric of an account has, by {@code namespace/name}. */
  public Map<String, Integer> metrics(String account) {
    var prefix = account + "/";
    var metrics = new TreeMap<String, Integer>();
    counts.forEach(
        (key, count) -> {
          if (key.startsWith(prefix)) {
            metrics.put(key.substring(prefix.length()), count);
          }
        });
    return metrics;
  }
}
