package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/**
 * Values under the names of the schema, checked against its limits as they are given. A token, or a
 * text with a token in it, is what it will be when the stack is deployed; then the registry checks
 * it.
 */
final class PropertyValues {

  private final String owner;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * No values.
   *
   * @param owner whose they are, for messages
   */
  PropertyValues(String owner) {
    this.owner = owner;
  }

  /** Keeps a value as a template has it; null takes an earlier one away. */
  void put(String name, Object value) {
    if (value == null) {
      values.remove(name);
    } else if (value instanceof Spelled constant) {
      values.put(name, constant.spelling());
    } else if (value instanceof Values object) {
      values.put(name, object.values());
    } else {
      values.put(name, value);
    }
  }

  void checkLength(String name, int least, int most) {
    check(
        name,
        value -> length(value) >= least && length(value) <= most,
        "takes %d to %d characters".formatted(least, most));
  }

  private static int length(Object text) {
    return text.toString().codePointCount(0, text.toString().length());
  }

  void checkPattern(String name, String pattern) {
    check(
        name,
        value -> Pattern.compile(pattern).matcher(value.toString()).find(),
        "must match " + pattern);
  }

  void checkInteger(String name, int least, int most) {
    check(
        name,
        value -> {
          var number = ((Number) value).doubleValue();
          return number == Math.rint(number) && number >= least && number <= most;
        },
        "takes an integer from %d to %d".formatted(least, most));
  }

  void checkSpelling(String name, Spelled[] allowed) {
    var spellings = Arrays.stream(allowed).map(Spelled::spelling).toList();
    check(name, spellings::contains, "takes one of " + String.join(", ", spellings));
  }

  /** A token is asked for last: that is a call to Node.js. */
  private void check(String name, Predicate<Object> rule, String says) {
    var value = values.get(name);
    if (value != null && !rule.test(value) && !Token.isUnresolved(value)) {
      throw new IllegalArgumentException(
          "%s: %s %s, not \"%s\".".formatted(owner, name, says, value));
    }
  }

  void require(String name, String method) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException(
          "%s needs %s: call %s(…) of its builder.".formatted(owner, name, method));
    }
  }

  /** The values; later calls do not change them. */
  Map<String, Object> complete() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
