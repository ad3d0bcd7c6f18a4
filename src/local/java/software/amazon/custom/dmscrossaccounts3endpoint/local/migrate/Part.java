package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;
import java.util.Optional;

/**
 * A part of a template, and where in its text it stands. What is around it, such as comments, is
 * not in it: its text ends with its last character that says something.
 *
 * @param kind what it is
 * @param tag short form of a function, such as {@code !Ref}; empty where it has none
 * @param text of a scalar; empty for others
 * @param entries of a mapping; empty for others
 * @param items of a sequence; empty for others
 * @param flow whether a mapping or a sequence stands in brackets, as all of JSON does
 * @param start offset of its first character
 * @param end offset after its last character
 * @param line where it begins, counted from 1
 */
record Part(
    Kind kind,
    String tag,
    String text,
    List<Entry> entries,
    List<Part> items,
    boolean flow,
    int start,
    int end,
    int line) {

  enum Kind {
    SCALAR,
    /** Nothing, or null. */
    NOTHING,
    MAPPING,
    SEQUENCE
  }

  /** A key of a mapping with its value. */
  record Entry(Part key, Part value) {
    String name() {
      return key.text();
    }

    int start() {
      return key.start();
    }

    int end() {
      return Math.max(key.end(), value.end());
    }

    int line() {
      return key.line();
    }
  }

  /**
   * A function of CloudFormation, in its short or its long form.
   *
   * @param name in the long form, such as {@code Ref} or {@code Fn::Sub}
   * @param argument what it is given
   */
  record Call(String name, Part argument) {}

  boolean isMapping() {
    return kind == Kind.MAPPING;
  }

  /** Whether it is a plain value: text, number or truth value, without a function. */
  boolean isLiteral() {
    return kind == Kind.SCALAR && tag.isEmpty();
  }

  /** Whether it says nothing: null or an empty text. */
  boolean isEmpty() {
    return kind == Kind.NOTHING || (isLiteral() && text.isEmpty());
  }

  /** The entry of this name. */
  Optional<Entry> entry(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** The value of this name. */
  Optional<Part> get(String name) {
    return entry(name).map(Entry::value);
  }

  /** The function that it is, where it is one. */
  Optional<Call> call() {
    if (!tag.isEmpty()) {
      var name = tag.substring(1);
      var isWhole = name.equals("Ref") || name.equals("Condition");
      return Optional.of(
          new Call(
              isWhole ? name : "Fn::" + name,
              new Part(kind, "", text, entries, items, flow, start, end, line)));
    }
    if (entries.size() == 1) {
      var only = entries.get(0);
      if (only.name().equals("Ref") || only.name().startsWith("Fn::")) {
        return Optional.of(new Call(only.name(), only.value()));
      }
    }
    return Optional.empty();
  }
}
