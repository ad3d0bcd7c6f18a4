package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;

import java.util.List;

/** The middle one of many measurements; of two in the middle the greater. */
final class Median {

  private Median() {}

  static double of(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
