package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

/**
 * The rules of the public handler contract that a single operation can break. Source: "Resource
 * type handler contract" in the CloudFormation CLI user guide, and the contract tests of the CLI.
 */
public enum ContractRule {
  /** The answer can be understood at all. */
  ANSWERS_WITH_A_PROGRESS_EVENT("a handler answers with a progress event of a known status"),
  /** 30 seconds for read and list, 60 for the others. */
  ANSWERS_IN_TIME("a handler answers within its time"),
  /** Not in the model and nowhere else. */
  SENDS_NO_NULLS("a progress event holds no nulls"),
  /** Events are stored and shown; credentials in them would be, too. */
  SENDS_NO_SECRETS("a progress event holds no credentials"),
  /** Read and list have no callbacks. */
  READS_AND_LISTS_AT_ONCE("read and list never answer IN_PROGRESS"),
  /** Without it CloudFormation could not delete what a failed create left. */
  NAMES_THE_RESOURCE("a model in an event that did not fail holds the primary identifier"),
  /** Another identifier is another resource. */
  KEEPS_THE_IDENTIFIER("the primary identifier never changes"),
  /** What is gone has no model. */
  DELETES_THE_MODEL("a successful delete returns no model"),
  /** Only a list has several models, and it always has them. */
  LISTS_MODELS("a successful list, and nothing else, returns models"),
  /** Write-only values are for the handler alone. */
  HIDES_WRITE_ONLY_PROPERTIES("a final model holds no write-only properties"),
  /** What a handler returns could be put in a template. */
  RETURNS_VALID_MODELS("a returned model is valid against the schema"),
  /** Otherwise everything drifts from the first day. */
  RETURNS_WHAT_WENT_IN("create and update return every property that was asked for, unchanged"),
  /** The user learns what went wrong. */
  EXPLAINS_FAILURES("a failed event has a known error code and a message"),
  /** Where nothing failed. */
  HAS_NO_CODE_WITHOUT_FAILURE("only a failed event has an error code"),
  /** A final event is final. */
  HAS_NO_DELAY_AT_THE_END("only an event IN_PROGRESS has a callback delay, of no less than 0 s");

  private final String text;

  ContractRule(String text) {
    this.text = text;
  }

  /** The rule in words. */
  @Override
  public String toString() {
    return text;
  }
}
