package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;

/**
 * Finds the endpoint that a call was made for, by the names in the call: of the endpoint, of its
 * role or policy, or of the session of an assumed role, which is named after the endpoint.
 */
final class CallOwners {
  private static final List<String> NAMES =
      List.of("EndpointIdentifier", "ResourceIdentifier", "EndpointArn", "RoleName", "PolicyName");
  private static final Pattern SESSION = Pattern.compile("cfn-[a-z]+-(.+)");

  private final List<EndpointRecorder> endpoints;
  private final Map<String, Set<EndpointRecorder>> byName = new HashMap<>();

  CallOwners(List<EndpointRecorder> endpoints) {
    this.endpoints = endpoints;
    for (var endpoint : endpoints) {
      add(endpoint.subject().name(), endpoint);
      endpoint
          .models()
          .forEach(model -> NAMES.forEach(name -> add(model.path(name).asText(), endpoint)));
    }
    byName.remove("");
  }

  private void add(String name, EndpointRecorder endpoint) {
    byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new HashSet<>()).add(endpoint);
  }

  /** Returns the endpoint; empty where the call names none, or several. */
  Optional<EndpointRecorder> of(Call call) {
    if (endpoints.size() == 1) {
      return Optional.of(endpoints.get(0));
    }
    var owners = new HashSet<EndpointRecorder>();
    collect(call.parameters(), owners);
    collect(String.valueOf(call.principal()), owners);
    if (owners.size() > 1) {
      owners.removeIf(owner -> !owner.subject().accounts().contains(call.account()));
    }
    return owners.size() == 1 ? owners.stream().findFirst() : Optional.empty();
  }

  private void collect(JsonNode node, Set<EndpointRecorder> owners) {
    if (node.isTextual()) {
      collect(node.asText(), owners);
    }
    node.forEach(child -> collect(child, owners));
  }

  /** An ARN ends with a name, behind a colon or a slash. */
  private void collect(String text, Set<EndpointRecorder> owners) {
    var whole = text.toLowerCase(Locale.ROOT);
    var last = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf(':')) + 1);
    owners.addAll(byName.getOrDefault(whole, Set.of()));
    owners.addAll(byName.getOrDefault(last, Set.of()));
    var session = SESSION.matcher(last);
    if (session.matches()) {
      owners.addAll(byName.getOrDefault(session.group(1), Set.of()));
    }
  }
}
