package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * Cuts a list into pages with an opaque marker.
 *
 * @param items this page
 * @param next the marker of the page after it, null on the last one
 */
public record Paging<T>(List<T> items, String next) {
  private static final String PREFIX = "after:";

  /**
   * The page that a marker leads to.
   *
   * @param marker the marker of an answer before, or null
   * @param invalidMarker what a marker that is none gets
   */
  public static <T> Paging<T> of(
      List<T> all, String marker, int size, Supplier<AwsFault> invalidMarker) {
    var start = marker == null ? 0 : offset(marker, invalidMarker);
    var from = Math.min(start, all.size());
    var to = Math.min(from + size, all.size());
    return new Paging<>(List.copyOf(all.subList(from, to)), to < all.size() ? marker(to) : null);
  }

  private static String marker(int offset) {
    return Base64.getEncoder()
        .encodeToString((PREFIX + offset).getBytes(StandardCharsets.US_ASCII));
  }

  private static int offset(String marker, Supplier<AwsFault> invalidMarker) {
    try {
      var text = new String(Base64.getDecoder().decode(marker), StandardCharsets.US_ASCII);
      if (text.matches(PREFIX + "\\d{1,9}")) {
        return Integer.parseInt(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException e) {
      throw invalidMarker.get();
    }
    throw invalidMarker.get();
  }
}
