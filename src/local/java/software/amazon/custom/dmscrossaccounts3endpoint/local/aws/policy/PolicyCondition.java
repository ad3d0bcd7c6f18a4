package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * One condition of a statement: an operator, a key and the values that it may have.
 *
 * <p>Operators, their set and {@code IfExists} variants and what an absent key means: IAM User
 * Guide, "IAM JSON policy elements: Condition operators". {@code IpAddress} never holds here, since
 * all callers are on loopback.
 */
public record PolicyCondition(String operator, String key, List<String> values) {
  private static final String FOR_ALL = "forallvalues:";
  private static final String FOR_ANY = "foranyvalue:";
  private static final String IF_EXISTS = "ifexists";

  /** Each base operator with how one actual value compares to one expected one. */
  private static final Map<String, BiPredicate<String, String>> POSITIVE =
      Map.ofEntries(
          Map.entry("stringequals", String::equals),
          Map.entry("stringequalsignorecase", String::equalsIgnoreCase),
          Map.entry("stringlike", (actual, expected) -> Wildcards.match(expected, actual)),
          Map.entry("arnequals", (actual, expected) -> Wildcards.matchArn(expected, actual)),
          Map.entry("arnlike", (actual, expected) -> Wildcards.matchArn(expected, actual)),
          Map.entry("bool", String::equalsIgnoreCase),
          Map.entry("binaryequals", String::equals),
          Map.entry("ipaddress", (actual, expected) -> false),
          Map.entry("numericequals", numeric(order -> order == 0)),
          Map.entry("numericlessthan", numeric(order -> order < 0)),
          Map.entry("numericlessthanequals", numeric(order -> order <= 0)),
          Map.entry("numericgreaterthan", numeric(order -> order > 0)),
          Map.entry("numericgreaterthanequals", numeric(order -> order >= 0)),
          Map.entry("dateequals", date(order -> order == 0)),
          Map.entry("datelessthan", date(order -> order < 0)),
          Map.entry("datelessthanequals", date(order -> order <= 0)),
          Map.entry("dategreaterthan", date(order -> order > 0)),
          Map.entry("dategreaterthanequals", date(order -> order >= 0)));

  /** The operators that hold when the positive one holds for none of the expected values. */
  private static final Map<String, String> NEGATED =
      Map.of(
          "stringnotequals", "stringequals",
          "stringnotequalsignorecase", "stringequalsignorecase",
          "stringnotlike", "stringlike",
          "arnnotequals", "arnequals",
          "arnnotlike", "arnlike",
          "notipaddress", "ipaddress",
          "numericnotequals", "numericequals",
          "datenotequals", "dateequals");

  private static BiPredicate<String, String> numeric(IntPredicate order) {
    return (actual, expected) -> {
      try {
        return order.test(new BigDecimal(actual).compareTo(new BigDecimal(expected)));
      } catch (NumberFormatException e) {
        return false;
      }
    };
  }

  private static BiPredicate<String, String> date(IntPredicate order) {
    return (actual, expected) -> {
      try {
        return order.test(Instant.parse(actual).compareTo(Instant.parse(expected)));
      } catch (DateTimeException e) {
        return false;
      }
    };
  }

  /** Whether IAM has such an operator. */
  public static boolean isOperator(String operator) {
    var base = base(operator.toLowerCase(Locale.ROOT));
    return base.equals("null") || POSITIVE.containsKey(base) || NEGATED.containsKey(base);
  }

  private static String base(String operator) {
    var base = operator;
    for (var prefix : List.of(FOR_ALL, FOR_ANY)) {
      base = base.startsWith(prefix) ? base.substring(prefix.length()) : base;
    }
    return base.endsWith(IF_EXISTS) ? base.substring(0, base.length() - IF_EXISTS.length()) : base;
  }

  boolean isAbout(String otherKey) {
    return key.equalsIgnoreCase(otherKey);
  }

  public boolean holds(ContextKeys keys) {
    var spelled = operator.toLowerCase(Locale.ROOT);
    var base = base(spelled);
    var actual = keys.get(key);
    if (base.equals("null")) {
      return values.stream().anyMatch(value -> Boolean.parseBoolean(value) == actual.isEmpty());
    }
    var negated = NEGATED.containsKey(base);
    if (actual.isEmpty()) {
      return spelled.startsWith(FOR_ALL)
          || spelled.endsWith(IF_EXISTS)
          || (negated && !spelled.startsWith(FOR_ANY));
    }
    var compare = POSITIVE.get(negated ? NEGATED.get(base) : base);
    var expected =
        values.stream().flatMap(value -> PolicyVariables.resolve(value, keys).stream()).toList();
    Predicate<String> one =
        value -> negated != expected.stream().anyMatch(wanted -> compare.test(value, wanted));
    if (spelled.startsWith(FOR_ALL)) {
      return actual.get().stream().allMatch(one);
    }
    // A key with several values under an operator for one value matches when any of them does.
    return actual.get().stream().anyMatch(one);
  }
}
