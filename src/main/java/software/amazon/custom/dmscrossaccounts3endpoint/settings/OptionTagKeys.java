package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;

/**
 * Encoding of the tag keys of a role or a policy that came from the type configuration, for the
 * value of a tag. An update needs it to remove tags that are no longer configured, and to keep
 * those that other tools or people have set.
 *
 * <p>Each key is recorded as a hash of 36 bits: a type configuration has up to 40 keys of 128
 * characters, and the value of a tag has up to 256 (TagRole, API reference).
 */
public final class OptionTagKeys {

  private static final int HASH_LENGTH = 6;

  private OptionTagKeys() {}

  /** Returns the record of keys. */
  public static String encode(Collection<String> keys) {
    return keys.stream().map(OptionTagKeys::hash).sorted().collect(joining());
  }

  /** Returns whether a record contains a key; null contains none. */
  public static boolean contains(@Nullable String record, String key) {
    if (record != null) {
      var hash = hash(key);
      for (var i = 0; i < record.length(); i += HASH_LENGTH) {
        if (record.startsWith(hash, i)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String hash(String key) {
    return DefaultNames.tagHash(HASH_LENGTH, key);
  }
}
