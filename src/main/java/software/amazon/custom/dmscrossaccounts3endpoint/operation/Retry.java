package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Consecutive temporary errors of AWS within a {@link CallbackContext}.
 *
 * @param since time of the first error, in epoch seconds
 * @param attempts number of errors
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Retry(long since, int attempts) {

  /** Returns the state after one more error. */
  Retry next() {
    return new Retry(since, attempts + 1);
  }
}
