package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a program printed and how it ended. */
final class Output {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private volatile int exitCode = -1;

  /** Runs the program to its end. */
  static Output of(String... args) {
    var output = new Output();
    output.run(args);
    return output;
  }

  void run(String... args) {
    exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  int exitCode() {
    return exitCode;
  }

  String out() {
    return out.toString();
  }

  List<String> errorLines() {
    return err.toString().lines().toList();
  }
}
