package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Models and progress events as a provider that keeps the contract writes them. */
final class Answers {
  static final String ARN = "arn:aws:dms:eu-central-1:111122223333:endpoint:lake";

  private Answers() {}

  static ObjectNode template() {
    return Json.object(
        """
        {"EndpointIdentifier": "lake", "S3Settings": {"BucketName": "lake-bucket"},
         "ExtraConnectionAttributes": "a=b", "Tags": [{"Key": "a", "Value": "1"}]}
        """);
  }

  static ObjectNode otherTemplate() {
    var template = template();
    template.withObject("/S3Settings").put("BucketFolder", "elsewhere");
    return template;
  }

  static ObjectNode model() {
    return Json.object(
        """
        {"EndpointArn": "%s", "EndpointIdentifier": "lake", "Status": "active",
         "S3Settings": {"BucketName": "lake-bucket", "DataFormat": "csv"},
         "Tags": [{"Key": "a", "Value": "1"}]}
        """
            .formatted(ARN));
  }

  static ObjectNode inProgress(int delay, String step) {
    var event = Json.object().put("status", "IN_PROGRESS").put("callbackDelaySeconds", delay);
    event.put("message", step);
    event.set("callbackContext", Json.object().put("step", step));
    event.set("resourceModel", template().put("EndpointArn", ARN));
    return event;
  }

  static ObjectNode success() {
    var event = Json.object().put("status", "SUCCESS").put("callbackDelaySeconds", 0);
    event.set("resourceModel", model());
    return event;
  }

  static ObjectNode successOf(ObjectNode template) {
    var model = template.deepCopy().put("EndpointArn", ARN);
    model.remove("ExtraConnectionAttributes");
    var event = success();
    event.set("resourceModel", model);
    return event;
  }

  static ObjectNode deleted() {
    return Json.object().put("status", "SUCCESS").put("callbackDelaySeconds", 0);
  }

  static ObjectNode failed(HandlerErrorCode code) {
    return Json.object()
        .put("status", "FAILED")
        .put("errorCode", code.name())
        .put("message", "It is so.")
        .put("callbackDelaySeconds", 0);
  }

  static ObjectNode page(String arn, String nextToken) {
    var event = Json.object().put("status", "SUCCESS").put("callbackDelaySeconds", 0);
    event.putArray("resourceModels").addObject().put("EndpointArn", arn);
    if (nextToken != null) {
      event.put("nextToken", nextToken);
    }
    return event;
  }
}
