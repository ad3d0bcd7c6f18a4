package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.Optional;

/** What the permissions boundary of the endpoint's role is to be. */
public sealed interface Boundary {

  /** The role is to have this one. */
  record Of(String policyArn) implements Boundary {}

  /** The role is to have none: one that is there is taken away. */
  record None() implements Boundary {}

  /** Nobody asked: the endpoint is read or deleted. */
  record NotAsked() implements Boundary {}

  /** The boundary that a template and its environment ask for. */
  static Boundary wanted(Optional<String> arn) {
    return arn.<Boundary>map(Of::new).orElseGet(None::new);
  }

  /**
   * The ARN of what is asked for; empty for none.
   *
   * @throws IllegalStateException when nobody asked
   */
  default Optional<String> arn() {
    if (this instanceof NotAsked) {
      throw new IllegalStateException("Nobody asked for a boundary.");
    }
    return this instanceof Of of ? Optional.of(of.policyArn) : Optional.empty();
  }
}
