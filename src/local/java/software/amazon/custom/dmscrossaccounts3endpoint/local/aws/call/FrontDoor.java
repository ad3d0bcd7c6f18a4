package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Incoming;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Protocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Reply;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/**
 * Takes a call in: which service, whose call, may something go wrong on purpose, then the
 * operation. One call is answered after another, so what a call sees never changes under it.
 */
public final class FrontDoor {
  private static final Pattern SCOPE =
      Pattern.compile(
          "Credential=(?<key>[^/,\\s]+)/\\d{8}/(?<region>[^/,\\s]+)/(?<service>[^/,\\s]+)/aws4_request");

  private final World world;
  private final Map<String, Service> services;
  private final Authorizer authorizer;
  private final FaultPlan faults;
  private final CallLog log;
  private final Throttle throttle;

  public FrontDoor(World world, Map<String, Service> services, FaultPlan faults, CallLog log) {
    this.world = world;
    this.services = services;
    this.authorizer = new Authorizer(world);
    this.faults = faults;
    this.log = log;
    this.throttle = new Throttle(world);
  }

  /** The answer; none when the connection is to be closed without one. */
  public Optional<Reply> answer(Incoming incoming) {
    synchronized (world) {
      var requestId = world.ids().request();
      var matcher = SCOPE.matcher(incoming.authorization().orElse(""));
      var scoped = matcher.find();
      var service = services.get(scoped ? matcher.group("service") : guessed(incoming));
      if (service == null) {
        var protocol = services.get(guessed(incoming)).protocol(incoming);
        return Optional.of(
            protocol.failure(
                protocol.unknownOperation("of service " + matcher.group("service")), requestId));
      }
      var protocol = service.protocol(incoming);
      try {
        if (!scoped) {
          throw protocol.missingAuthentication();
        }
        var operation = protocol.operation(incoming);
        var caller = caller(protocol, matcher.group("key"), incoming);
        var request =
            new Request(
                service.name(),
                operation,
                matcher.group("region"),
                caller,
                protocol.parameters(incoming),
                authorizer);
        return answer(service, protocol, request, requestId);
      } catch (AwsFault fault) {
        return Optional.of(protocol.failure(fault, requestId));
      } catch (RuntimeException bug) {
        // A mistake of this program must look like one, not like an answer of AWS.
        var fault = new AwsFault("InternalFailure", 500, "Bug in the local AWS: " + bug);
        return Optional.of(protocol.failure(fault, requestId));
      }
    }
  }

  /** Without a signature only the shape of the request tells which protocol its client speaks. */
  private static String guessed(Incoming incoming) {
    return incoming.target().isPresent() ? "dms" : "sts";
  }

  private Identity caller(Protocol protocol, String accessKeyId, Incoming incoming) {
    var lookup = world.accessKeys().find(accessKeyId, incoming.securityToken(), world.now());
    if (lookup.identity() != null) {
      return lookup.identity();
    }
    throw switch (lookup.refusal()) {
      case UNKNOWN -> protocol.unknownKey();
      case EXPIRED -> protocol.expired();
    };
  }

  private Optional<Reply> answer(
      Service service, Protocol protocol, Request request, String requestId) {
    if (faults.killed()) {
      // Whoever still calls is no longer there: it must neither change anything nor wait or retry.
      return Optional.of(
          protocol.failure(
              new AwsFault("CallerKilled", 400, "The caller was killed by the fault plan."),
              requestId));
    }
    var fault = faults.next(request.service(), request.operation());
    ObjectNode result;
    try {
      if (fault.filter(f -> !f.takesEffect()).isPresent()) {
        throw refusal(protocol, request, fault.get());
      }
      if (throttle.refuses(request)) {
        throw protocol.throttled();
      }
      result = perform(service, protocol, request);
    } catch (AwsFault refused) {
      return answered(request, refused.code(), fault, protocol.failure(refused, requestId));
    }
    return answered(request, null, fault, protocol.success(request.operation(), result, requestId));
  }

  private static ObjectNode perform(Service service, Protocol protocol, Request request) {
    var operation = service.operations().get(request.operation());
    if (operation == null) {
      throw protocol.unknownOperation(request.operation());
    }
    return operation.perform(request);
  }

  private Optional<Reply> answered(
      Request request, String error, Optional<Fault> fault, Reply reply) {
    var caller = request.caller();
    var call =
        new Call(
            world.now(),
            caller.account(),
            caller.arn(),
            request.service(),
            request.operation(),
            request.region(),
            request.parameters().values(),
            error);
    try {
      log.add(call);
    } catch (RuntimeException observerStopsIt) {
      return Reply.NONE;
    }
    if (fault.filter(f -> f.kind() == Fault.Kind.KILL).isPresent()) {
      faults.kill(call);
    }
    return fault.filter(f -> f.kind() == Fault.Kind.LOST).isPresent()
        ? Reply.NONE
        : Optional.of(reply);
  }

  private static AwsFault refusal(Protocol protocol, Request request, Fault fault) {
    return switch (fault.kind()) {
      case THROTTLED -> protocol.throttled();
      case UNAVAILABLE -> protocol.unavailable();
      case DENIED ->
          Authorizer.denied(
              request.service(),
              ("User: %s is not authorized to perform: %s:%s on resource: * with an explicit deny"
                      + " in a service control policy")
                  .formatted(request.caller().arn(), request.service(), request.operation()));
      case REFUSED, LOST, KILL -> new AwsFault(fault.code(), fault.status(), fault.message());
    };
  }
}
