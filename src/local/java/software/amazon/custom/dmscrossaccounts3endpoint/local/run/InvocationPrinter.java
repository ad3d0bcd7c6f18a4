package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** Prints a line for each invocation that comes in from outside. */
final class InvocationPrinter implements Provider {
  private final Provider provider;
  private final PrintWriter out;

  InvocationPrinter(Provider provider, PrintWriter out) {
    this.provider = provider;
    this.out = out;
  }

  @Override
  public byte[] invoke(String function, byte[] event) {
    var answer = provider.invoke(function, event);
    var progress = parsed(answer);
    out.println(
        "  %s  %s  %-6s  %-11s  %s %s"
            .formatted(
                LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS),
                function,
                parsed(event).path("action").asText(),
                progress.path("status").asText(),
                progress.path("errorCode").asText(),
                progress.path("message").asText())
            .stripTrailing());
    out.flush();
    return answer;
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return Json.parse(json);
    } catch (JsonProcessingException e) {
      return Json.object(); // the line is for people; whoever called gets the bytes as they are
    }
  }
}
