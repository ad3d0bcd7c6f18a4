package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.List;
import java.util.Optional;

/**
 * A custom resource for an endpoint, in a template.
 *
 * @param entry its logical id and all that it has
 */
record CustomResource(Part.Entry entry) {

  private static final String GENERIC = "AWS::CloudFormation::CustomResource";

  /** The custom resources of a template that are for an endpoint. */
  static List<CustomResource> in(SourceText source) {
    return of(source).stream().filter(CustomResource::isForEndpoint).toList();
  }

  /** The other custom resources of a template. */
  static List<CustomResource> othersIn(SourceText source) {
    return of(source).stream().filter(r -> !r.isForEndpoint()).toList();
  }

  private static List<CustomResource> of(SourceText source) {
    return source.section("Resources").map(Part::entries).orElse(List.of()).stream()
        .filter(e -> e.value().get("Type").filter(CustomResource::isCustom).isPresent())
        .map(CustomResource::new)
        .toList();
  }

  private static boolean isCustom(Part type) {
    return type.isLiteral() && (type.text().startsWith("Custom::") || type.text().equals(GENERIC));
  }

  private boolean isForEndpoint() {
    var names = properties().stream().map(Part.Entry::name).toList();
    return names.stream().filter(KnownProperty::isPublished).count() >= 2
        && names.stream()
            .map(SettingSchema::plain)
            .anyMatch(n -> n.equals("bucketname") || n.equals("endpointidentifier"));
  }

  String id() {
    return entry.name();
  }

  Part body() {
    return entry.value();
  }

  Optional<Part.Entry> attribute(String name) {
    return body().entry(name);
  }

  List<Part.Entry> properties() {
    return body().get("Properties").map(Part::entries).orElse(List.of());
  }

  /** The first property of this plain name. */
  Optional<Part.Entry> property(String plain) {
    return properties().stream()
        .filter(p -> SettingSchema.plain(p.name()).equals(plain))
        .findFirst();
  }
}
