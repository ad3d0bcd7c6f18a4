package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;

/**
 * What DMS spells otherwise than it was asked for, as tags of the endpoint: for each such setting a
 * hash of what DMS made of it, and the text that was asked for. By the hash a later change of the
 * endpoint is seen; by the text the template's spelling can be given back. What does not fit into
 * the tags is left out.
 */
public final class RespelledSettings {

  /** Longest value of a tag (AddTagsToResource, API reference). */
  private static final int VALUE_LENGTH = 256;

  /** Can't be in an encoded text, whose every equals sign is followed by a hexadecimal digit. */
  private static final String SEPARATOR = "==";

  private record Entry(String hash, String asked) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  private RespelledSettings() {}

  /** No setting. */
  static RespelledSettings none() {
    return new RespelledSettings();
  }

  /** What {@link #toTags} made tags of. */
  public static RespelledSettings of(Map<String, String> tags) {
    var text = new StringBuilder();
    keys().forEach(key -> text.append(tags.getOrDefault(key, "")));
    var respelled = new RespelledSettings();
    var names = AskedSettings.names();
    var head = AskedSettings.CODE_LENGTH + AskedSettings.HASH_LENGTH;
    for (var entry : text.toString().split(SEPARATOR, -1)) {
      var name =
          entry.length() < head ? null : names.get(entry.substring(0, AskedSettings.CODE_LENGTH));
      if (name != null) {
        respelled.entries.put(
            name,
            new Entry(
                entry.substring(AskedSettings.CODE_LENGTH, head),
                Marks.decode(entry.substring(head))));
      }
    }
    return respelled;
  }

  private static Set<String> keys() {
    var keys = new LinkedHashSet<String>();
    for (var i = 1; i <= Marks.RESPELLED_TAGS; i++) {
      keys.add(i == 1 ? Marks.RESPELLED : Marks.RESPELLED + "-" + i);
    }
    return keys;
  }

  /** Whether a tag is part of the record. */
  public static boolean isPart(String key) {
    return keys().contains(key);
  }

  /**
   * Puts a setting on record.
   *
   * @param held what DMS holds
   * @param asked what was asked for; empty where it is not to be kept
   */
  void put(String setting, JsonNode held, String asked) {
    entries.put(setting, new Entry(AskedSettings.hash(held), asked));
  }

  /** The names of the settings. */
  public Set<String> settings() {
    return entries.keySet();
  }

  /** Whether DMS holds of a setting what it made of it when the endpoint was made. */
  public boolean has(String setting, JsonNode held) {
    return asked(setting, held).isPresent();
  }

  /** The text that was asked for, where DMS holds what it made of it. */
  Optional<String> asked(String setting, JsonNode held) {
    return Optional.ofNullable(entries.get(setting))
        .filter(entry -> entry.hash().equals(AskedSettings.hash(held)))
        .map(Entry::asked);
  }

  /** The record as tags; none where there is nothing. */
  public Map<String, String> toTags() {
    var text = new StringBuilder();
    entries.forEach(
        (name, entry) -> {
          var piece =
              (text.isEmpty() ? "" : SEPARATOR)
                  + AskedSettings.code(name)
                  + entry.hash()
                  + Marks.encode(entry.asked());
          if (text.length() + piece.length() <= VALUE_LENGTH * Marks.RESPELLED_TAGS) {
            text.append(piece);
          }
        });
    var tags = new TreeMap<String, String>();
    var from = 0;
    for (var key : keys()) {
      var to = Math.min(text.length(), from + VALUE_LENGTH);
      if (from < to) {
        tags.put(key, text.substring(from, to));
      }
      from = to;
    }
    return tags;
  }
}
