package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The commands that bring a stack from what it is to the type, in order: a shell script that shows
 * each change set and asks before it executes it, and that can begin at any of its steps.
 */
final class Commands {
  static final String FILE = "commands.sh";
  static final String RESOURCES = "resources-to-import.json";

  private static final String FUNCTIONS =
      """
      FROM=${1:-1}
      begin() { [ "$1" -ge "$FROM" ] && echo "== $1. $2"; }

      # change_set TYPE TEMPLATE [OPTIONS]: makes a change set, shows it, and executes it if it may.
      change_set() {
        type=$1; template=$2; shift 2
        name=migrate-$(date +%s)
        aws cloudformation create-change-set --stack-name "$STACK" --change-set-name "$name" \\
          --change-set-type "$type" --template-body "file://$template" "$@" > /dev/null
        aws cloudformation wait change-set-create-complete --stack-name "$STACK" --change-set-name "$name"
        aws cloudformation describe-change-set --stack-name "$STACK" --change-set-name "$name" \\
          --query 'Changes[].ResourceChange.[Action,LogicalResourceId,ResourceType,Replacement]' --output table
        printf 'Execute it? [y/N] '
        read -r answer
        [ "$answer" = y ] || { echo "stopped; go on with: $0 $STEP"; exit 1; }
        aws cloudformation execute-change-set --stack-name "$STACK" --change-set-name "$name"
        case $type in
          IMPORT) aws cloudformation wait stack-import-complete --stack-name "$STACK" ;;
          *) aws cloudformation wait stack-update-complete --stack-name "$STACK" ;;
        esac
      }

      # drift: what the endpoints have and the template says otherwise.
      drift() {
        id=$(aws cloudformation detect-stack-drift --stack-name "$STACK" --query StackDriftDetectionId --output text)
        while [ "$(aws cloudformation describe-stack-drift-detection-status --stack-drift-detection-id "$id" \\
          --query DetectionStatus --output text)" = DETECTION_IN_PROGRESS ]; do sleep 5; done
        aws cloudformation describe-stack-resource-drifts --stack-name "$STACK" \\
          --stack-resource-drift-status-filters MODIFIED DELETED \\
          --query 'StackResourceDrifts[].[LogicalResourceId,PropertyDifferences[].[PropertyPath,ExpectedValue,ActualValue]]'
      }
      """;

  private static final String LOOK_UPS =
      """

      # arn_of IDENTIFIER: the ARN of an endpoint.
      arn_of() { show "$1" EndpointArn; }
      show() {
        aws dms describe-endpoints --filters "Name=endpoint-id,Values=$1" --query "Endpoints[0].$2" --output text
      }
      parameter() {
        aws cloudformation describe-stacks --stack-name "$STACK" \\
          --query "Stacks[0].Parameters[?ParameterKey=='$1'].ParameterValue" --output text
      }
      physical_id() {
        aws cloudformation describe-stack-resource --stack-name "$STACK" --logical-resource-id "$1" \\
          --query StackResourceDetail.PhysicalResourceId --output text
      }
      """;

  private final StringBuilder text = new StringBuilder();
  private final @Nullable String capabilities;
  private int step;

  private Commands(
      MigrationOptions options,
      @Nullable String region,
      String what,
      @Nullable String capabilities) {
    this.capabilities = capabilities;
    text.append("#!/bin/sh\n")
        .append("# ")
        .append(what)
        .append(" Read report.md first.\n")
        .append("# commands.sh N begins at step N.\n")
        .append("set -eu\n")
        .append("cd \"$(dirname \"$0\")\"\n");
    text.append(
        options.stackName() == null
            ? "STACK=${STACK:?set it to the name of the stack}\n"
            : "STACK=" + options.stackName() + "\n");
    if (region != null) {
      text.append("export AWS_REGION=%s AWS_DEFAULT_REGION=%s\n".formatted(region, region));
    }
    text.append(FUNCTIONS);
  }

  /** The commands for a template with custom resources. */
  static String ofTemplate(
      MigrationOptions options, SourceText source, TemplateSteps steps, String ending) {
    var commands =
        new Commands(
            options,
            options.region(),
            "From the custom resource to the type, while the endpoint goes on working.",
            capabilities(source));
    var stands = steps.references().stands();
    var resources = CustomResource.in(source);
    var before = parameters(source);
    commands.text.append(LOOK_UPS).append('\n');
    for (var resource : resources) {
      commands.text.append("id_%s=%s\n".formatted(resource.id(), identifier(resource)));
    }
    commands.step("The custom resource is to stay when it leaves the stack");
    commands.changeSet("UPDATE", "step-1-retain" + ending, used(before));
    commands.step("It leaves the stack; its function is not called");
    for (var stand : stands) {
      commands.line("was_%s=%s".formatted(stand.name(), value(stand)));
    }
    var spelled = steps.spelling().parameters();
    spelled.forEach(commands::spell);
    commands.changeSet(
        "UPDATE",
        "step-2-remove" + ending,
        Stream.concat(
                before.stream().map(p -> spelled.containsKey(p) ? given(p, "new_" + p) : used(p)),
                stands.stream().map(s -> given(s.name(), "was_" + s.name())))
            .toList());
    commands.step("The endpoint is imported; nothing of it changes");
    commands.line("cp " + RESOURCES + " resources-to-import.filled.json");
    for (var resource : resources) {
      commands.line("arn=$(arn_of \"$id_%s\")".formatted(resource.id()));
      commands.line(
          "sed \"s|@%s@|$arn|\" resources-to-import.filled.json > resources-to-import.next.json"
              .formatted(resource.id()));
      commands.line("mv resources-to-import.next.json resources-to-import.filled.json");
    }
    commands.importing(
        "resources-to-import.filled.json",
        "step-3-import" + ending,
        used(Stream.concat(before.stream(), stands.stream().map(References.Stand::name)).toList()));
    commands.end(
        "template" + ending,
        used(
            Stream.concat(
                    before.stream(),
                    stands.stream()
                        .filter(s -> s.translated().isEmpty())
                        .map(References.Stand::name))
                .toList()));
    commands.text.append(
        """
        # When no endpoint is left to the function, delete it. Take DeletionPolicy and UpdateReplacePolicy out
        # where a deleted stack is to delete the endpoint.
        """);
    return commands.text.toString();
  }

  /** The commands for endpoints that are in no stack. */
  static String ofEndpoints(MigrationOptions options, @Nullable String region) {
    var commands =
        new Commands(
            options, region, "Imports endpoints that were made by hand into a new stack.", null);
    commands.step("The endpoints are imported; nothing of them changes");
    commands.importing(RESOURCES, "step-1-import.yaml", List.of());
    commands.end("template.yaml", List.of());
    return commands.text.toString();
  }

  private void importing(String resources, String template, List<String> parameters) {
    changeSet("IMPORT", template + " --resources-to-import file://" + resources, parameters);
  }

  private void end(String template, List<String> parameters) {
    step("What differs, which would be a recreate: correct the template until nothing does");
    line("# Environment is on record after the next step only, and shows here.");
    line("drift");
    step("A tag is added, which adopts the endpoint: from now on the stack owns it");
    changeSet("UPDATE", template, parameters);
    step("What differs now; it should be nothing");
    line("drift");
    text.append("fi\n");
  }

  private void step(String what) {
    text.append(step == 0 ? "\n" : "fi\n\n");
    step++;
    text.append("STEP=").append(step).append('\n');
    text.append("if begin %d '%s'; then\n".formatted(step, what));
  }

  private void line(String line) {
    text.append("  ").append(line).append('\n');
  }

  private void changeSet(String type, String template, List<String> parameters) {
    var options = new StringBuilder();
    if (capabilities != null) {
      options.append(" \\\n    --capabilities ").append(capabilities);
    }
    if (!parameters.isEmpty()) {
      options.append(" \\\n    --parameters ").append(String.join(" \\\n      ", parameters));
    }
    line("change_set " + type + " " + template + options);
  }

  private static List<String> parameters(SourceText source) {
    return source.section("Parameters").map(Part::entries).orElse(List.of()).stream()
        .map(Part.Entry::name)
        .toList();
  }

  private static List<String> used(List<String> parameters) {
    return parameters.stream().map(Commands::used).toList();
  }

  private static String used(String parameter) {
    return "ParameterKey=" + parameter + ",UsePreviousValue=true";
  }

  private static String given(String parameter, String variable) {
    return "\"ParameterKey=%s,ParameterValue=$%s\"".formatted(parameter, variable);
  }

  /** Spells the value that the stack has of a parameter as the schema has it. */
  private void spell(String parameter, ParameterSpelling.Values values) {
    var variable = "new_" + parameter;
    line("%s=$(parameter %s)".formatted(variable, parameter));
    line("case $%s in".formatted(variable));
    values.spelled().forEach((was, is) -> line("  '%s') %s=%s ;;".formatted(was, variable, is)));
    line("esac");
  }

  private static @Nullable String capabilities(SourceText source) {
    var types =
        source.section("Resources").map(Part::entries).orElse(List.of()).stream()
            .flatMap(r -> r.value().get("Type").stream())
            .map(Part::text)
            .collect(Collectors.toSet());
    var needed =
        Stream.of(
                types.stream().anyMatch(t -> t.startsWith("AWS::IAM::"))
                    ? Optional.of("CAPABILITY_NAMED_IAM")
                    : Optional.<String>empty(),
                source.root().get("Transform").map(t -> "CAPABILITY_AUTO_EXPAND"))
            .flatMap(Optional::stream)
            .toList();
    return needed.isEmpty() ? null : String.join(" ", needed);
  }

  /** How a shell finds out the identifier of an endpoint. */
  private static String identifier(CustomResource resource) {
    var value = resource.property("endpointidentifier").map(Part.Entry::value);
    var parameter =
        value
            .flatMap(Part::call)
            .filter(c -> c.name().equals("Ref") && c.argument().text().matches("[A-Za-z0-9]+"));
    if (parameter.isPresent()) {
      return "$(parameter " + parameter.get().argument().text() + ")";
    }
    return value
        .filter(v -> v.isLiteral() && v.text().matches("[A-Za-z0-9-]+"))
        .map(Part::text)
        .orElse("${id_%s:?set it to the identifier of the endpoint}".formatted(resource.id()));
  }

  /** How a shell finds out what a custom resource returned. */
  private static String value(References.Stand stand) {
    var identifier = "\"$id_" + stand.id() + "\"";
    return switch (stand.attribute().isEmpty() ? "Ref" : stand.translated().orElse("")) {
      case "Ref" -> "$(physical_id " + stand.id() + ")";
      case "EndpointArn" -> "$(arn_of " + identifier + ")";
      case "ExternalId" -> "$(show " + identifier + " ExternalId)";
      case "ServiceAccessRoleArn" -> "$(show " + identifier + " S3Settings.ServiceAccessRoleArn)";
      default ->
          "${was_%s:?set it to what the function returned as %s}"
              .formatted(stand.name(), stand.attribute());
    };
  }
}
