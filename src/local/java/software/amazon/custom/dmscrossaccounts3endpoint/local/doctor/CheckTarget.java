package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;

/** The thing that a check looks at; collects the findings on it. */
final class CheckTarget {

  private final @Nullable String environment;
  private final String what;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Creates a target without findings.
   *
   * @param environment of the type configuration; null for what belongs to none
   * @param what its name, for the user
   */
  CheckTarget(@Nullable String environment, String what) {
    this.environment = environment;
    this.what = what;
  }

  /** Returns the findings of a check of something that belongs to no environment. */
  static List<Finding> check(String what, Consumer<CheckTarget> check) {
    return new CheckTarget(null, what).attempt(check).findings();
  }

  void ok(String detail) {
    findings.add(new Finding(environment, what, Verdict.OK, detail, null));
  }

  void broken(String detail, String next) {
    findings.add(new Finding(environment, what, Verdict.BROKEN, detail, next));
  }

  void unknown(String detail) {
    findings.add(new Finding(environment, what, Verdict.UNKNOWN, detail, null));
  }

  void notChecked(SdkException e) {
    unknown("not checked: " + describe(e));
  }

  /** Runs a check; where AWS denies a call of it or does not answer, that is the finding. */
  CheckTarget attempt(Consumer<CheckTarget> check) {
    try {
      check.accept(this);
    } catch (AwsCallException e) {
      notChecked(e.failure());
    } catch (SdkException e) {
      notChecked(e);
    } catch (HandlerException e) {
      unknown("not checked: " + e.getMessage());
    }
    return this;
  }

  boolean hasFindings() {
    return !findings.isEmpty();
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Returns an error in one line: AWS's own message, or the SDK's where AWS did not answer. */
  static String describe(SdkException e) {
    var message =
        e instanceof AwsServiceException answer
                && answer.statusCode() < 500
                && answer.awsErrorDetails() != null
                && answer.awsErrorDetails().errorMessage() != null
            ? answer.awsErrorDetails().errorMessage()
            : String.valueOf(e.getMessage());
    return message.strip().replaceAll("\\s+", " ");
  }
}
