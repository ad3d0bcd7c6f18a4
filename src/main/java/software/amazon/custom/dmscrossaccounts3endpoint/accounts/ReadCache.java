package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;

/**
 * Cache of the answers of one account's DMS or IAM in one invocation: nothing is read twice until
 * something is changed there.
 */
final class ReadCache {

  private final Map<List<Object>, Object> answers = new HashMap<>();

  /** Returns whether an operation changes nothing. */
  static boolean isRead(String operation) {
    return operation.startsWith("Get")
        || operation.startsWith("List")
        || operation.startsWith("Describe");
  }

  /** Returns the answer to a read; that something is not there is an answer as well. */
  @SuppressWarnings("unchecked") // the same operation and request have the same kind of answer
  <O> O get(String operation, Object request, Supplier<O> read) {
    var key = List.of(operation, request);
    var cached = answers.get(key);
    if (cached instanceof AwsCallException failed) {
      throw failed;
    }
    if (cached != null) {
      return (O) cached;
    }
    try {
      var answer = read.get();
      answers.put(key, answer);
      return answer;
    } catch (AwsCallException e) {
      if (e.isNotFound()) {
        answers.put(key, e);
      }
      throw e;
    }
  }

  /** Removes what an operation may have changed, whether it was answered or not. */
  void invalidateAfter(String operation) {
    if (operation.equals("AddTagsToResource") || operation.equals("RemoveTagsFromResource")) {
      // Tags of DMS are in no other answer.
      answers.keySet().removeIf(key -> key.get(0).equals("ListTagsForResource"));
    } else {
      invalidate();
    }
  }

  /** Removes everything. */
  void invalidate() {
    answers.clear();
  }
}
