package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The custom properties of a style sheet that are colours. */
record Colours(Map<String, Integer> byName) {
  private static final Pattern PROPERTY = Pattern.compile("--([a-z0-9]+): #([0-9a-f]{6});");

  static Colours of(String css) {
    var byName = new HashMap<String, Integer>();
    PROPERTY
        .matcher(css)
        .results()
        .forEach(found -> byName.put(found.group(1), Integer.parseInt(found.group(2), 16)));
    return new Colours(byName);
  }

  /** The contrast ratio of WCAG 2.2: 4.5 at least for text, 3 for what is drawn. */
  double contrast(String one, String other) {
    var a = luminance(byName.get(one));
    var b = luminance(byName.get(other));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
  }

  private static double linear(int channel) {
    var share = (channel & 0xFF) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
