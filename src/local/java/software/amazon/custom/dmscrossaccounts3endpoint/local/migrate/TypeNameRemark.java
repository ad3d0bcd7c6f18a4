package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

/** A name that no account can register a type under. */
final class TypeNameRemark {
  private TypeNameRemark() {}

  static Remark of(String typeName) {
    return new Remark(
        Remark.Kind.CHECK,
        "Type",
        0,
        typeName
            + " is the project's name for the type; give --type-name with the name under which you"
            + " registered it");
  }
}
