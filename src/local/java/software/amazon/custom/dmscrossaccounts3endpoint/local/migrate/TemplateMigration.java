package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Migrates a template with custom resources for endpoints. */
final class TemplateMigration {
  /** What CloudFormation takes as a text (quotas, CloudFormation User Guide). */
  private static final int LONGEST_BODY = 51_200;

  private TemplateMigration() {}

  /**
   * Migrates.
   *
   * @throws MigrationRefused when there is no such resource in it
   */
  static MigrationFiles migrate(String name, SourceText source, MigrationOptions options) {
    var resources = CustomResource.in(source);
    if (resources.isEmpty()) {
      throw new MigrationRefused(
          "no custom resource for an endpoint in it: one has a Type Custom::… and properties such"
              + " as ENDPOINTIDENTIFIER and BUCKETNAME");
    }
    resources.forEach(r -> checkKeys(r.body()));
    var values = new TextEdits();
    var spelling = new ParameterSpelling(source, resources);
    var plans =
        resources.stream()
            .map(r -> new ResourcePlan(source, r, options, spelling, values))
            .toList();
    var steps = new TemplateSteps(source, resources, spelling);
    var ending = source.isJson() ? ".json" : ".yaml";
    var remarks = new ArrayList<Remark>();
    plans.forEach(p -> remarks.addAll(p.remarks()));
    remarks.addAll(steps.references().remarks());
    remarks.addAll(spelling.remarks());
    remarks.addAll(aroundThem(source, resources, options));
    var files = new LinkedHashMap<String, String>();
    files.put("step-1-retain" + ending, steps.retained());
    files.put("step-2-remove" + ending, steps.removed());
    files.put("step-3-import" + ending, steps.importing(plans, values, options.typeName()));
    files.put(
        "template" + ending,
        steps.translated(
            plans, values, options.typeName(), Map.of(options.tagKey(), options.tagValue())));
    files.forEach((file, text) -> checkLength(file, text, remarks));
    remarks.addAll(unused(source, SourceText.read(files.get("template" + ending))));
    files.put(Commands.RESOURCES, toImport(resources, options));
    files.put(Commands.FILE, Commands.ofTemplate(options, source, steps, ending));
    files.put(Report.FILE, Report.page(name, remarks));
    return new MigrationFiles(files, List.copyOf(remarks));
  }

  private static void checkKeys(Part part) {
    part.entries().stream()
        .collect(Collectors.groupingBy(Part.Entry::name, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(
            same -> {
              if (same.size() > 1) {
                throw new MigrationRefused(
                    "line %d: %s is there twice".formatted(same.get(1).line(), same.get(1).name()));
              }
            });
    part.get("Properties").ifPresent(TemplateMigration::checkKeys);
  }

  private static List<Remark> aroundThem(
      SourceText source, List<CustomResource> resources, MigrationOptions options) {
    var remarks = new ArrayList<Remark>();
    if (options.typeName().startsWith("AWS::")) {
      remarks.add(TypeNameRemark.of(options.typeName()));
    }
    CustomResource.othersIn(source)
        .forEach(
            r ->
                remarks.add(
                    new Remark(
                        Remark.Kind.LEFT_OUT,
                        r.id(),
                        r.entry().line(),
                        "not touched: a custom resource, but not for an endpoint")));
    source.section("Resources").stream()
        .flatMap(s -> s.entries().stream())
        .filter(e -> e.name().startsWith("Fn::"))
        .forEach(
            e ->
                remarks.add(
                    new Remark(
                        Remark.Kind.CHECK,
                        e.name(),
                        e.line(),
                        "not looked into: what a transform makes; migrate the template that it"
                            + " results in")));
    resources.stream()
        .flatMap(r -> r.property("servicetoken").stream())
        .flatMap(t -> t.value().call().stream())
        .map(c -> c.argument())
        .map(a -> a.isLiteral() ? a.text() : a.items().isEmpty() ? "" : a.items().get(0).text())
        .map(text -> text.split("\\.", 2)[0])
        .distinct()
        .flatMap(id -> source.section("Resources").flatMap(s -> s.entry(id)).stream())
        .forEach(
            f ->
                remarks.add(
                    new Remark(
                        Remark.Kind.CHECK,
                        f.name(),
                        f.line(),
                        "not touched: the function of the custom resource; delete it with its role"
                            + " and log group when no endpoint is left to it")));
    return remarks;
  }

  /** Parameters that the custom resources alone used. */
  private static List<Remark> unused(SourceText before, SourceText after) {
    var now = ParameterUses.in(after).keySet();
    return ParameterUses.in(before).keySet().stream()
        .filter(name -> !now.contains(name))
        .map(
            name ->
                new Remark(
                    Remark.Kind.LEFT_OUT,
                    "Parameter " + name,
                    before.section("Parameters").flatMap(p -> p.entry(name)).orElseThrow().line(),
                    "nothing uses it any more: take it out when all is done"))
        .toList();
  }

  private static void checkLength(String file, String text, List<Remark> remarks) {
    var length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_BODY) {
      remarks.add(
          new Remark(
              Remark.Kind.CHECK,
              file,
              0,
              "%d bytes; CloudFormation takes more than %d only from S3: in commands.sh, give"
                      .formatted(length, LONGEST_BODY)
                  + " --template-url in place of --template-body"));
    }
  }

  private static String toImport(List<CustomResource> resources, MigrationOptions options) {
    var list = (ArrayNode) Json.tree(List.of());
    resources.forEach(
        r ->
            list.add(
                Json.tree(ImportedResource.of(options.typeName(), r.id(), "@" + r.id() + "@"))));
    return Json.pretty(list) + "\n";
  }
}
