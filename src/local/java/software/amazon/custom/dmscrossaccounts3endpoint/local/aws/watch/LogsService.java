package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** CloudWatch Logs: groups, streams and events. They stay when a world is restored. */
public final class LogsService {
  private static final Pattern NAME = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");

  private final World world;

  /** The events of the streams of the groups of the accounts' Regions. */
  private final Map<String, Map<String, Map<String, List<String>>>> accounts = new TreeMap<>();

  public LogsService(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "DescribeLogGroups", this::describeLogGroups,
        "CreateLogGroup", this::createLogGroup,
        "CreateLogStream", this::createLogStream,
        "PutLogEvents", this::putLogEvents);
  }

  private Map<String, Map<String, List<String>>> groups(Request request) {
    return accounts.computeIfAbsent(
        request.account() + "/" + request.region(), a -> new TreeMap<>());
  }

  private ObjectNode describeLogGroups(Request request) {
    request.demand("logs:DescribeLogGroups", arn(request, "*"));
    var prefix = request.parameters().text("logGroupNamePrefix").value();
    var answer = JsonNodeFactory.instance.objectNode();
    var found = answer.putArray("logGroups");
    for (var name : groups(request).keySet()) {
      if (prefix == null || name.startsWith(prefix)) {
        found.addObject().put("logGroupName", name).put("arn", arn(request, name) + ":*");
      }
    }
    return answer;
  }

  private ObjectNode createLogGroup(Request request) {
    var name = groupName(request);
    request.demand("logs:CreateLogGroup", arn(request, name));
    if (groups(request).putIfAbsent(name, new LinkedHashMap<>()) != null) {
      throw new AwsFault(
          "ResourceAlreadyExistsException", 400, "The specified log group already exists");
    }
    return null;
  }

  private ObjectNode createLogStream(Request request) {
    var name = groupName(request);
    request.demand("logs:CreateLogStream", arn(request, name));
    var stream = request.parameters().text("logStreamName").required().length(1, 512).value();
    if (group(request, name).putIfAbsent(stream, new ArrayList<>()) != null) {
      throw new AwsFault(
          "ResourceAlreadyExistsException", 400, "The specified log stream already exists");
    }
    return null;
  }

  private ObjectNode putLogEvents(Request request) {
    var name = groupName(request);
    request.demand("logs:PutLogEvents", arn(request, name));
    var stream = request.parameters().text("logStreamName").required().value();
    var events = group(request, name).get(stream);
    if (events == null) {
      throw missing("The specified log stream does not exist.");
    }
    for (var event : request.parameters().requireList("logEvents").structures("logEvents")) {
      events.add(event.text("message").required().value());
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Map<String, List<String>> group(Request request, String name) {
    var group = groups(request).get(name);
    if (group == null) {
      throw missing("The specified log group does not exist.");
    }
    return group;
  }

  private static AwsFault missing(String message) {
    return new AwsFault("ResourceNotFoundException", 400, message);
  }

  private static String groupName(Request request) {
    return request
        .parameters()
        .text("logGroupName")
        .required()
        .length(1, 512)
        .matching(NAME)
        .value();
  }

  private String arn(Request request, String group) {
    return world.arns().logGroup(request.account(), request.region(), group);
  }

  /** The events of a group, stream after stream; none where there is no such group. */
  public List<String> events(String account, String group) {
    return accounts.entrySet().stream()
        .filter(region -> region.getKey().startsWith(account + "/"))
        .flatMap(region -> region.getValue().getOrDefault(group, Map.of()).values().stream())
        .flatMap(List::stream)
        .toList();
  }
}
