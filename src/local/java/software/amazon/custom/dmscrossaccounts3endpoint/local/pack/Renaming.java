package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.nio.charset.StandardCharsets;

/**
 * Puts one type name in the place of another, in each of its spellings.
 *
 * @param from the name to replace
 * @param to the name that takes its place
 */
record Renaming(TypeName from, TypeName to) {

  /** A text under the new name. */
  String of(String text) {
    return text.replace(from.value(), to.value())
        .replace(from.inArns(), to.inArns())
        .replace(from.inFileNames(), to.inFileNames());
  }

  /** A file under the new name, whatever its encoding: every byte but those of the name stays. */
  byte[] of(byte[] file) {
    return of(new String(file, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
