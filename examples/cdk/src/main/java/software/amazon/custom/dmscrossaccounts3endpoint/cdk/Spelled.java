package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

/** A value of an enumeration of the schema. */
interface Spelled {

  /** The value as a template spells it. */
  String spelling();
}
