package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

/** Entries of a mapping in brackets. */
final class FlowEntries {
  private FlowEntries() {}

  /** Takes an entry out, with one comma; it is not the only one. */
  static void remove(Part mapping, Part.Entry entry, TextEdits edits) {
    var at = mapping.entries().indexOf(entry);
    if (at > 0) {
      edits.replace(mapping.entries().get(at - 1).end(), entry.end(), "");
    } else {
      edits.replace(entry.start(), mapping.entries().get(at + 1).start(), "");
    }
  }
}
