package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;

/**
 * What one invocation has seen of one account's DMS or IAM: nothing is looked at twice, until
 * something is changed there.
 */
final class Looks {

  private final Map<List<Object>, Object> answers = new HashMap<>();

  /** Whether an operation changes nothing. */
  static boolean isLook(String operation) {
    return operation.startsWith("Get")
        || operation.startsWith("List")
        || operation.startsWith("Describe");
  }

  /** What a look shows, or has shown; that something is not there is an answer as well. */
  @SuppressWarnings("unchecked") // the same operation and request have the same kind of answer
  <O> O at(String operation, Object request, Supplier<O> look) {
    var key = List.of(operation, request);
    var seen = answers.get(key);
    if (seen instanceof AwsCallFailed failed) {
      throw failed;
    }
    if (seen != null) {
      return (O) seen;
    }
    try {
      var answer = look.get();
      answers.put(key, answer);
      return answer;
    } catch (AwsCallFailed e) {
      if (e.meansNothingIsThere()) {
        answers.put(key, e);
      }
      throw e;
    }
  }

  /** Lets be looked at again what an operation may have changed, whether it was answered or not. */
  void forgetWhatChanges(String operation) {
    if (operation.equals("AddTagsToResource") || operation.equals("RemoveTagsFromResource")) {
      // Tags of DMS show in no other answer.
      answers.keySet().removeIf(key -> key.get(0).equals("ListTagsForResource"));
    } else {
      forget();
    }
  }

  /** Lets everything be looked at again. */
  void forget() {
    answers.clear();
  }
}
