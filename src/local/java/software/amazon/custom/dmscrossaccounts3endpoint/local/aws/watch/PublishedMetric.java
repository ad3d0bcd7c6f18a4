package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch;

import java.util.Map;

/**
 * One datum of a metric, as CloudWatch took it.
 *
 * @param namespace of the metric
 * @param name of the metric
 * @param dimensions of the metric; another set of dimensions is another metric
 * @param value of the datum
 */
public record PublishedMetric(
    String namespace, String name, Map<String, String> dimensions, double value) {}
