package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

/** An answer of the provider that breaks the handler contract. */
public final class ContractBreach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ContractRule rule;

  /**
   * Tells a breach.
   *
   * @param detail by what, in words that are safe to print
   */
  ContractBreach(ContractRule rule, String detail) {
    super("Breach of the handler contract: " + rule + ": " + detail);
    this.rule = rule;
  }

  /** Which rule was broken. */
  public ContractRule rule() {
    return rule;
  }
}
