package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Service;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Bucket;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;

/** CloudFormation as it calls other operations on somebody's behalf, in one Region. */
final class Caller {
  private final Map<String, Service> services;
  private final Request origin;
  private final Identity identity;
  private final String region;

  Caller(Map<String, Service> services, Request origin, Identity identity, String region) {
    this.services = services;
    this.origin = origin;
    this.identity = identity;
    this.region = region;
  }

  String account() {
    return identity.account();
  }

  String region() {
    return region;
  }

  /**
   * Calls an operation.
   *
   * @throws AwsFault where it is refused
   */
  ObjectNode call(String service, String operation, ObjectNode parameters) {
    var answer =
        services
            .get(service)
            .operations()
            .get(operation)
            .perform(request(service, operation, parameters));
    return Optional.ofNullable(answer).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /** Ends what is done unless it is allowed, where the operation itself is not played. */
  void demand(String action, String resource) {
    var parts = action.split(":", 2);
    request(parts[0], parts[1], JsonNodeFactory.instance.objectNode())
        .demand(action, resource, new ContextKeys());
  }

  /** The same for a bucket, whose policy counts too. */
  void demand(String action, Bucket bucket, String arn) {
    var parts = action.split(":", 2);
    request(parts[0], parts[1], JsonNodeFactory.instance.objectNode())
        .demand(action, bucket, arn, new ContextKeys());
  }

  private Request request(String service, String operation, ObjectNode parameters) {
    return new Request(
        service, operation, region, identity, Parameters.of(parameters), origin.authorizer());
  }
}
