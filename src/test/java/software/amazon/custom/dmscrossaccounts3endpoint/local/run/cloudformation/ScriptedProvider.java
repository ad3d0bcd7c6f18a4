package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;

/** Answers what it was told to, one answer after the other, and keeps the requests. */
final class ScriptedProvider implements Provider {
  private final Queue<Supplier<String>> answers = new ArrayDeque<>();
  private final List<ObjectNode> requests = new ArrayList<>();

  ScriptedProvider answering(String answer) {
    answers.add(() -> answer);
    return this;
  }

  ScriptedProvider answering(ObjectNode answer) {
    return answering(answer.toString());
  }

  ScriptedProvider aborting() {
    answers.add(
        () -> {
          throw new InvocationAborted("killed");
        });
    return this;
  }

  List<ObjectNode> requests() {
    return requests;
  }

  @Override
  public byte[] invoke(String function, byte[] event) {
    try {
      requests.add((ObjectNode) Json.parse(event));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    var answer = answers.poll();
    if (answer == null) {
      throw new AssertionError("one invocation more than was expected: " + requests);
    }
    return answer.get().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
