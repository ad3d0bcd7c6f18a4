package software.amazon.custom.dmscrossaccounts3endpoint.local.run.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * A refusal in the words of the Lambda API, from whose service model the names and status codes
 * are.
 *
 * @param status HTTP status code
 * @param type name of the exception
 * @param message what is wrong, for people
 */
record LambdaError(int status, String type, String message) {

  static LambdaError functionNotFound(String function) {
    return new LambdaError(
        404,
        "ResourceNotFoundException",
        "Function not found: " + function + ". There are TypeFunction and TestEntrypoint.");
  }

  static LambdaError unknownPath(String path) {
    return new LambdaError(
        404,
        "UnknownOperationException",
        path + " is not served; POST to /2015-03-31/functions/TypeFunction/invocations.");
  }

  static LambdaError methodNotAllowed(String method) {
    return new LambdaError(
        405,
        "UnknownOperationException",
        method + " is not allowed; functions are invoked by POST.");
  }

  static LambdaError notJson(String problem) {
    return new LambdaError(
        400,
        "InvalidRequestContentException",
        "Could not parse request body into json: " + problem);
  }

  static LambdaError unknownInvocationType(String type) {
    return new LambdaError(
        400,
        "InvalidParameterValueException",
        "Invocation type " + type + " is none of RequestResponse, Event and DryRun.");
  }

  static LambdaError tooLarge(long limit) {
    return new LambdaError(
        413,
        "RequestEntityTooLargeException",
        "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
  }

  ObjectNode json() {
    return Json.object().put("Type", "User").put("Message", message);
  }
}
