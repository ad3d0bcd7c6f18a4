package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Commands of a migration in order: a shell script that shows each change set, asks before it
 * executes one, and can begin at any of its steps.
 */
final class Commands {
  private final NewTemplate template;
  private final StringBuilder text = new StringBuilder();
  private List<String> ids = List.of();
  private int step;

  Commands(
      MigrationOptions options,
      @Nullable String region,
      NewTemplate template,
      MigrationResult result) {
    this.template = template;
    text.append(
        """
        #!/bin/sh
        # Imports endpoints into a stack of this type, while they go on working. Read report.md first.
        # commands.sh N begins at step N.
        set -eu
        DIR=$(cd "$(dirname "$0")" && pwd)
        """);
    text.append(
        options.stackName() == null
            ? "STACK=${STACK:?set it to the name of the stack}\n"
            : "STACK=" + options.stackName() + "\n");
    if (region != null) {
      text.append("export AWS_REGION=%s AWS_DEFAULT_REGION=%s\n".formatted(region, region));
    }
    if (result.hasProblems()) {
      text.append(
          "FIXED=${FIXED:?report.md has problems: give what is missing, migrate again, or set"
              + " FIXED=y}\n");
    }
  }

  /**
   * Returns the script.
   *
   * @param resources the custom resources; null for endpoints that are in no stack
   * @param ids of the endpoints
   * @param identifiers of the endpoints of custom resources, as the template has them
   * @param parts number of new templates
   */
  String text(
      @Nullable CustomResources resources, List<String> ids, List<Node> identifiers, int parts) {
    this.ids = ids;
    var parameters =
        Stream.concat(
                template.parameters().stream(),
                template.standIns().stream().map(StandIns.StandIn::name))
            .toList();
    text.append("IDS='").append(resources == null ? "" : String.join(" ", ids)).append("'\n");
    if (resources != null) {
      text.append("NEW_STACK=${NEW_STACK:-$STACK-endpoints}\n");
    } else {
      text.append("NEW_STACK=$STACK\n");
    }
    text.append('\n').append(functions());
    if (resources != null) {
      text.append('\n');
      for (var i = 0; i < ids.size(); i++) {
        text.append("id_%s=%s\n".formatted(ids.get(i), identifier(ids.get(i), identifiers.get(i))));
      }
      leave(resources);
    }
    step("The endpoints are imported; nothing of them changes");
    if (resources != null) {
      ids.forEach(id -> line("fill %s \"$id_%s\"".formatted(id, id)));
      look(template.standIns());
    }
    var given =
        Stream.concat(
                template.parameters().stream().map(p -> value(p, "$(parameter " + p + ")")),
                values(template.standIns()))
            .toList();
    for (var i = 0; i < parts; i++) {
      line(
          "import_endpoints \"$NEW_STACK%1$s\" endpoints%1$s.yaml resources-to-import%1$s.json"
                  .formatted(Migration.suffix(i))
              + options(expand(), given));
    }
    step("Differences, which would be a recreate: correct endpoints.yaml until there are none");
    line("# Environment is on record after the next step only, and shows here.");
    forParts(parts, "drift \"$NEW_STACK%s\"", "");
    step("A tag is added, which adopts the endpoints: from now on the stack owns them");
    forParts(
        parts,
        "change_set \"$NEW_STACK%1$s\" UPDATE \"$DIR/endpoints%1$s.yaml\"",
        options(expand(), parameters.stream().map(Commands::previous).toList()));
    step("Differences now; there should be none");
    forParts(parts, "drift \"$NEW_STACK%s\"", "");
    return text.append("fi\n").toString();
  }

  /** The custom resources leave their stack. */
  private void leave(CustomResources resources) {
    var before = resources.parameters().stream().map(Commands::previous).toList();
    var edited = ": \"${TEMPLATE:?set it to the path of your template}\"";
    step("The custom resources are to stay when they leave the stack");
    line(edited);
    line("ask 'Is the template as report.md says before step 1?'");
    line("change_set \"$STACK\" UPDATE \"$TEMPLATE\"" + options(resources.capabilities(), before));
    step("They leave the stack; their function is not called");
    line(edited);
    line("ask 'Is the template as report.md says before step 2?'");
    look(resources.standIns());
    line(
        "change_set \"$STACK\" UPDATE \"$TEMPLATE\""
            + options(
                resources.capabilities(),
                Stream.concat(before.stream(), values(resources.standIns())).toList()));
  }

  private Collection<String> expand() {
    return template.needsTransform() ? List.of("CAPABILITY_AUTO_EXPAND") : List.of();
  }

  private void forParts(int parts, String command, String options) {
    for (var i = 0; i < parts; i++) {
      line(command.formatted(Migration.suffix(i)) + options);
    }
  }

  private static String functions() {
    try (var in =
        Objects.requireNonNull(Commands.class.getResourceAsStream("/migrate/commands.sh"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(String title) {
    text.append(step == 0 ? "\n" : "fi\n\n");
    step++;
    text.append("if step %d '%s'; then\n".formatted(step, title));
  }

  private void line(String line) {
    text.append("  ").append(line).append('\n');
  }

  private static String options(Collection<String> capabilities, List<String> parameters) {
    return (capabilities.isEmpty()
            ? ""
            : " \\\n    --capabilities " + String.join(" ", capabilities))
        + (parameters.isEmpty()
            ? ""
            : " \\\n    --parameters " + String.join(" \\\n      ", parameters));
  }

  private static String previous(String parameter) {
    return "ParameterKey=" + parameter + ",UsePreviousValue=true";
  }

  private static String value(String parameter, String value) {
    return "\"ParameterKey=%s,ParameterValue=%s\"".formatted(parameter, value);
  }

  private static Stream<String> values(List<StandIns.StandIn> standIns) {
    return standIns.stream().map(s -> value(s.name(), "$was_" + s.name()));
  }

  /** Looks up the values of parameters, so that a look-up that fails ends the script. */
  private void look(List<StandIns.StandIn> standIns) {
    standIns.forEach(s -> line("was_%s=%s".formatted(s.name(), lookUp(s))));
  }

  private String lookUp(StandIns.StandIn standIn) {
    var ofDms = References.attribute(standIn.attribute()).orElse("");
    if (ids.contains(standIn.id()) && !ofDms.isEmpty()) {
      var member = ofDms.equals("ServiceAccessRoleArn") ? "S3Settings." + ofDms : ofDms;
      return "$(endpoint \"$id_%s\" %s)".formatted(standIn.id(), member);
    }
    if (standIn.id().equals("AWS::StackName")) {
      return "$STACK";
    }
    if (standIn.attribute().isEmpty() && !standIn.id().startsWith("AWS::")) {
      return "$(physical_id " + standIn.id() + ")";
    }
    return "${was_%s:?set it to what %s%s was}"
        .formatted(
            standIn.name(),
            standIn.id(),
            standIn.attribute().isEmpty() ? "" : "." + standIn.attribute());
  }

  /** Returns how a shell finds out the identifier of an endpoint. */
  private static String identifier(String id, @Nullable Node value) {
    var call = value == null ? Optional.<Nodes.Call>empty() : Nodes.call(value);
    var parameter =
        call.filter(c -> c.name().equals("Ref"))
            .map(c -> Nodes.text(c.argument()))
            .filter(p -> p.matches("[A-Za-z0-9]+"));
    if (parameter.isPresent()) {
      return "$(parameter " + parameter.get() + ")";
    }
    return value != null && Nodes.isLiteral(value) && Nodes.text(value).matches("[A-Za-z0-9-]+")
        ? Nodes.text(value)
        : "${id_%s:?set it to the identifier of the endpoint}".formatted(id);
  }
}
