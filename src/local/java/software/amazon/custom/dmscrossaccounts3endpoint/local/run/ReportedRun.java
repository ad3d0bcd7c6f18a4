package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.ReportFile;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunFacts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.report.RunRecorder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.ContractBreach;

/** A run that is recorded, and reported where a report is asked for, however it ends. */
final class ReportedRun {
  private final Optional<ReportFile> file;
  private final RunFacts facts;
  private final LocalPlatform platform;
  private final RunRecorder recorder;
  private final PrintWriter out;
  private final PrintWriter err;

  ReportedRun(
      Optional<ReportFile> file,
      RunFacts facts,
      LocalPlatform platform,
      RunRecorder recorder,
      PrintWriter out,
      PrintWriter err) {
    this.file = file;
    this.facts = facts;
    this.platform = platform;
    this.recorder = recorder;
    this.out = out;
    this.err = err;
    platform.observe(recorder::called);
  }

  /**
   * Runs a job.
   *
   * @throws StepFailed when everything held and the report can't be written; a job that fails does
   *     so with its own exception
   */
  void run(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException | Error e) {
      try {
        write(Optional.of(inWords(e)));
      } catch (RuntimeException notWritten) { // what matters is why the run failed
        err.println(inWords(notWritten));
      }
      throw e;
    }
    write(Optional.empty());
  }

  /** What people are told of a failure: what is expected to happen speaks for itself. */
  static String inWords(Throwable failure) {
    return failure instanceof BadInput
            || failure instanceof StepFailed
            || failure instanceof ContractBreach
        ? failure.getMessage()
        : failure.toString();
  }

  private void write(Optional<String> failure) {
    if (file.isEmpty()) {
      return;
    }
    try {
      file.get().write(recorder.report(facts, failure, platform.added()));
    } catch (IOException e) {
      throw new StepFailed("the report can't be written: " + e);
    }
    out.println();
    out.println("report: " + file.get().path());
    out.flush();
  }
}
