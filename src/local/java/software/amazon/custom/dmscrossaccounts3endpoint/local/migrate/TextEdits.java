package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of places in a text; everything else of it stays to the letter. */
final class TextEdits {
  private record Edit(int start, int end, String replacement) {}

  private final List<Edit> edits = new ArrayList<>();

  void replace(int start, int end, String replacement) {
    edits.add(new Edit(start, end, replacement));
  }

  void insert(int at, String text) {
    replace(at, at, text);
  }

  /** These changes and those; where both change a place, or a part of it, these. */
  TextEdits and(TextEdits others) {
    var all = new TextEdits();
    all.edits.addAll(edits);
    others.edits.stream()
        .filter(o -> edits.stream().noneMatch(e -> e.start() < o.end() && o.start() < e.end()))
        .forEach(all.edits::add);
    return all;
  }

  /** The text with these changes; those at one place in the order in which they were given. */
  String applied(String text) {
    var sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
    var result = new StringBuilder();
    var from = 0;
    for (var edit : sorted) {
      if (edit.start() < from) {
        throw new IllegalStateException("Two changes of one place: " + edit);
      }
      result.append(text, from, edit.start()).append(edit.replacement());
      from = edit.end();
    }
    return result.append(text, from, text.length()).toString();
  }
}
