package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 * The work of AWS in one operation, from its calls in their order.
 *
 * @param title action and endpoint
 * @param lines calls, and ends of invocations that the operation outlived
 * @param outcome the end of its last invocation; empty where the log does not have it
 */
record Story(String title, List<JsonNode> lines, Optional<JsonNode> outcome) {

  /** Something that happened. */
  record Sentence(Instant at, String text) {}

  /** Returns the time of the first line. */
  Instant begin() {
    return lines.isEmpty() ? time(outcome.orElseThrow()) : time(lines.get(0));
  }

  /** Returns the sentences in the order of their times. */
  List<Sentence> sentences() {
    var sentences = new ArrayList<Sentence>();
    creations()
        .reduce((first, second) -> second)
        .map(Story::time)
        .ifPresent(
            created -> {
              sentences.add(trust(created));
              sentences.add(shown(created));
              sentences.add(new Sentence(created, "Handshake: " + handshake() + "."));
              propagation().ifPresent(text -> sentences.add(new Sentence(created, text)));
              otherwise().ifPresent(text -> sentences.add(new Sentence(created, text)));
            });
    trouble().ifPresent(sentences::add);
    age().ifPresent(sentences::add);
    sentences.add(ending());
    sentences.sort(Comparator.comparing(Sentence::at));
    return sentences;
  }

  /** Returns the headings of guide/open-questions.md that this operation answers. */
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

  private Sentence ending() {
    if (outcome.isEmpty()) {
      var last = lines.get(lines.size() - 1);
      return new Sentence(time(last), "It is unfinished: the log does not have its end.");
    }
    var line = outcome.get();
    var code = line.path("errorCode").asText("");
    var message = line.path("message").asText("");
    return new Sentence(
        time(line),
        "It ended with %s%s%s."
            .formatted(
                line.path("status").asText(),
                code.isEmpty() ? "" : " " + code,
                message.isEmpty() ? "" : ": " + message.replaceAll("\\.$", "")));
  }

  private Stream<JsonNode> creations() {
    return lines.stream().filter(c -> is(c, "dms:CreateEndpoint"));
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

  private String handshake() {
    var seen = new LinkedHashSet<String>();
    JsonNode last = null;
    for (var call : lines) {
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

  /** Returns the endpoints that were shown between a CreateEndpoint and the next one. */
  private List<JsonNode> seenAfter(JsonNode creation) {
    return lines.subList(lines.indexOf(creation) + 1, lines.size()).stream()
        .takeWhile(c -> !is(c, "dms:CreateEndpoint"))
        .filter(c -> is(c, "dms:DescribeEndpoints"))
        .flatMap(Story::endpoints)
        .toList();
  }

  private Set<String> ids() {
    return lines.stream()
        .flatMap(Story::endpoints)
        .filter(e -> e.hasNonNull("externalIdHash"))
        .map(e -> e.get("externalIdHash").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Sentence shown(Instant otherwise) {
    var created = shows("dms:CreateEndpoint");
    var described = shows("dms:DescribeEndpoints");
    var first = Stream.concat(created.stream(), described.stream()).min(Comparator.naturalOrder());
    var where =
        created.isPresent() && described.isPresent()
            ? "in the answers of CreateEndpoint and of DescribeEndpoints"
            : created.isPresent()
                ? "in the answer of CreateEndpoint only"
                : described.isPresent() ? "by DescribeEndpoints only" : "nowhere";
    return new Sentence(first.orElse(otherwise), "External id: shown " + where + ".");
  }

  /** Returns when a call showed the id first. */
  private Optional<Instant> shows(String action) {
    return lines.stream()
        .filter(c -> is(c, action))
        .filter(c -> endpoints(c).anyMatch(e -> e.path("externalId").asText().equals("shown")))
        .findFirst()
        .map(Story::time);
  }

  private Sentence trust(Instant otherwise) {
    for (var kind : List.of("open", "source conditions")) {
      var set =
          lines.stream()
              .filter(c -> c.path("trust").asText().equals(kind) && !failed(c))
              .findFirst();
      if (set.isPresent()) {
        return new Sentence(
            time(set.get()),
            kind.equals("open")
                ? "Trust: DMS could not use the role with source conditions; the fallback without"
                    + " them was needed."
                : "Trust: source conditions sufficed until the external id was known.");
      }
    }
    return new Sentence(otherwise, "Trust: the role asked for an external id all the time.");
  }

  /** Measures from the last change of trust to the first CreateEndpoint that was not denied. */
  private Optional<String> propagation() {
    Instant changed = null;
    var denied = 0;
    var longest = Duration.ZERO;
    for (var call : lines) {
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
            "IAM: a change was seen by DMS within %d seconds; CreateEndpoint was denied %d times."
                .formatted(longest.toSeconds(), denied));
  }

  static Instant time(JsonNode line) {
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

  private Optional<Sentence> trouble() {
    var failures =
        lines.stream()
            .filter(Story::failed)
            .filter(c -> !c.get("error").asText().matches("ResourceNotFoundFault|NoSuchEntity"))
            .toList();
    var errors =
        failures.stream()
            .collect(
                Collectors.groupingBy(
                    c -> c.path("call").asText() + " " + c.get("error").asText(),
                    TreeMap::new,
                    Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getKey() + " × " + e.getValue())
            .collect(Collectors.joining(", ", "Errors of AWS: ", "."));
    return failures.stream().findFirst().map(first -> new Sentence(time(first), errors));
  }

  /** Finds an endpoint that is shown, not shown, and shown again without a deletion between. */
  private Optional<Sentence> age() {
    var seen = false;
    var lost = false;
    for (var call : lines) {
      if (is(call, "dms:DeleteEndpoint") || is(call, "dms:CreateEndpoint")) {
        seen = false;
        lost = false;
      } else if (is(call, "dms:DescribeEndpoints")) {
        if (endpoints(call).findAny().isPresent()) {
          if (lost) {
            return Optional.of(
                new Sentence(
                    time(call),
                    "Old answers: an endpoint was shown, then not shown, then shown again."));
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
