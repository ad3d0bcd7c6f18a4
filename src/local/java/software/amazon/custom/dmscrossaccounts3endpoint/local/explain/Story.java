package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What AWS did in one operation, from its calls in their order.
 *
 * @param title action and endpoint
 * @param calls lines of calls
 * @param outcome the last line of an invocation, if there is one
 */
record Story(String title, List<JsonNode> calls, Optional<JsonNode> outcome) {

  /** The sentences, each one thing. */
  List<String> sentences() {
    var sentences = new ArrayList<String>();
    outcome.ifPresent(o -> sentences.add(ending(o)));
    if (creations().findAny().isPresent()) {
      sentences.add("Handshake: " + dialect() + ".");
      sentences.add("External id: " + shown() + ".");
      sentences.add("Trust: " + trust() + ".");
      propagation().ifPresent(time -> sentences.add("IAM: " + time + "."));
      otherwise().ifPresent(sentences::add);
    }
    trouble().ifPresent(sentences::add);
    age().ifPresent(sentences::add);
    return sentences;
  }

  /** The headings of guide/open-questions.md that this operation answers. */
  Set<String> answered() {
    var headings = new LinkedHashSet<String>();
    if (creations().findAny().isPresent()) {
      headings.add("Does the first CreateEndpoint keep the endpoint?");
      headings.add("Where is the external id shown?");
      headings.add("Does CreateEndpoint send the source keys?");
      headings.add("How long until DMS sees a role?");
    }
    if (otherwise().isPresent()) {
      headings.add("Which settings does DMS drop?");
    }
    if (ids().size() > 1) {
      headings.add("Does the external id stay the same?");
    }
    if (age().isPresent()) {
      headings.add("How old are answers?");
    }
    return headings;
  }

  private static String ending(JsonNode line) {
    var message = line.path("message").asText("");
    return "It ended with %s%s%s."
        .formatted(
            line.path("status").asText(),
            line.path("errorCode").asText("").isEmpty() ? "" : " " + line.get("errorCode").asText(),
            message.isEmpty() ? "" : ": " + message.replaceAll("\\.$", ""));
  }

  private Stream<JsonNode> creations() {
    return calls.stream().filter(c -> is(c, "dms:CreateEndpoint"));
  }

  private static boolean is(JsonNode call, String action) {
    return call.path("call").asText().equals(action);
  }

  private static boolean failed(JsonNode call) {
    return call.hasNonNull("error");
  }

  private static Stream<JsonNode> endpoints(JsonNode call) {
    return StreamSupport.stream(call.path("endpoints").spliterator(), false);
  }

  /** What became of the endpoint after each CreateEndpoint. */
  private String dialect() {
    var seen = new LinkedHashSet<String>();
    JsonNode last = null;
    for (var call : calls) {
      if (is(call, "dms:CreateEndpoint")) {
        if (last != null && !failed(last) && seenAfter(last).isEmpty()) {
          seen.add("nothing was kept of an answered CreateEndpoint");
        }
        last = call;
      } else if (last != null && is(call, "dms:DescribeEndpoints") && !failed(call)) {
        var created = last;
        endpoints(call)
            .map(e -> e.path("status").asText().toLowerCase(Locale.ROOT))
            .filter("failed"::equals)
            .forEach(
                status ->
                    seen.add(
                        failed(created)
                            ? "CreateEndpoint was denied, and the endpoint was kept as failed"
                            : "the endpoint was kept as failed"));
      }
    }
    if (ids().size() > 1) {
      seen.add("a later call told another external id than the first");
    }
    var answered = creations().filter(c -> !failed(c)).count();
    if (answered == 1 && seen.isEmpty()) {
      seen.add("the endpoint of the first answered CreateEndpoint was kept and became active");
    }
    return seen.isEmpty() ? "CreateEndpoint was never answered" : String.join("; ", seen);
  }

  /** The endpoints that were seen between a CreateEndpoint and the next one. */
  private List<JsonNode> seenAfter(JsonNode creation) {
    return calls.subList(calls.indexOf(creation) + 1, calls.size()).stream()
        .takeWhile(c -> !is(c, "dms:CreateEndpoint"))
        .filter(c -> is(c, "dms:DescribeEndpoints"))
        .flatMap(Story::endpoints)
        .toList();
  }

  private Set<String> ids() {
    return calls.stream()
        .flatMap(Story::endpoints)
        .filter(e -> e.hasNonNull("externalIdHash"))
        .map(e -> e.get("externalIdHash").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String shown() {
    var created = shows("dms:CreateEndpoint");
    var described = shows("dms:DescribeEndpoints");
    if (created && described) {
      return "shown in the answers of CreateEndpoint and of DescribeEndpoints";
    }
    if (created) {
      return "shown in the answer of CreateEndpoint only";
    }
    return described ? "shown by DescribeEndpoints only" : "shown nowhere";
  }

  private boolean shows(String action) {
    return calls.stream()
        .filter(c -> is(c, action))
        .flatMap(Story::endpoints)
        .anyMatch(e -> e.path("externalId").asText().equals("shown"));
  }

  private String trust() {
    var kinds =
        calls.stream()
            .filter(c -> c.hasNonNull("trust") && !failed(c))
            .map(c -> c.get("trust").asText())
            .distinct()
            .toList();
    if (kinds.contains("open")) {
      return "DMS could not use the role with source conditions; the fallback without them was needed";
    }
    return kinds.contains("source conditions")
        ? "source conditions sufficed until the external id was known"
        : "the role asked for an external id all the time";
  }

  /** From the last change of the trust policy to the first CreateEndpoint that was not denied. */
  private Optional<String> propagation() {
    Instant changed = null;
    var denied = 0;
    var longest = Duration.ZERO;
    for (var call : calls) {
      if (call.hasNonNull("trust") && !failed(call)) {
        changed = time(call);
      } else if (is(call, "dms:CreateEndpoint") && changed != null) {
        if (failed(call)) {
          denied++;
        } else {
          var lasted = Duration.between(changed, time(call));
          longest = lasted.compareTo(longest) > 0 ? lasted : longest;
        }
      }
    }
    return changed == null
        ? Optional.empty()
        : Optional.of(
            "a change was seen by DMS within %d seconds; CreateEndpoint was denied %d times"
                .formatted(longest.toSeconds(), denied));
  }

  private static Instant time(JsonNode line) {
    return Instant.parse(line.get("time").asText());
  }

  private Optional<String> otherwise() {
    var settings = new TreeSet<String>();
    creations()
        .forEach(
            c ->
                c.path("otherwise")
                    .properties()
                    .forEach(p -> settings.add(p.getKey() + " (" + p.getValue().asText() + ")")));
    return settings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Settings that came back otherwise than asked for: "
                + String.join(", ", settings)
                + ".");
  }

  private Optional<String> trouble() {
    var errors =
        calls.stream()
            .filter(Story::failed)
            .filter(c -> !c.get("error").asText().matches("ResourceNotFoundFault|NoSuchEntity"))
            .collect(
                Collectors.groupingBy(
                    c -> c.path("call").asText() + " " + c.get("error").asText(),
                    TreeMap::new,
                    Collectors.counting()));
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Errors of AWS: "
                + errors.entrySet().stream()
                    .map(e -> e.getKey() + " × " + e.getValue())
                    .collect(Collectors.joining(", "))
                + ".");
  }

  /** An endpoint that is seen, not seen, and seen again without a deletion between. */
  private Optional<String> age() {
    var seen = false;
    var lost = false;
    for (var call : calls) {
      if (is(call, "dms:DeleteEndpoint") || is(call, "dms:CreateEndpoint")) {
        seen = false;
        lost = false;
      } else if (is(call, "dms:DescribeEndpoints")) {
        if (endpoints(call).findAny().isPresent()) {
          if (lost) {
            return Optional.of(
                "Old answers: an endpoint was shown, then not shown, then shown again.");
          }
          seen = true;
        } else {
          lost = seen;
        }
      }
    }
    return Optional.empty();
  }
}
