package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces policy variables such as <code>${aws:PrincipalAccount}</code>. */
public final class PolicyVariables {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]+)(?:,\\s*'([^']*)')?}");

  private PolicyVariables() {}

  /** Empty when a variable has no value and no default: such a statement then matches nothing. */
  public static Optional<String> resolve(String text, ContextKeys keys) {
    if (!text.contains("${")) {
      return Optional.of(text);
    }
    var resolved = new StringBuilder();
    var matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      var name = matcher.group(1).trim();
      String value;
      if (name.equals("*") || name.equals("?") || name.equals("$")) {
        value = name;
      } else {
        value =
            keys.get(name)
                .filter(values -> values.size() == 1)
                .map(values -> values.get(0))
                .orElse(matcher.group(2));
      }
      if (value == null) {
        return Optional.empty();
      }
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return Optional.of(matcher.appendTail(resolved).toString());
  }
}
