package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import static java.util.stream.Collectors.joining;

import java.util.List;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.Property;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TypeSchema;

/** The construct itself. */
final class ConstructClass {

  /** The same whatever the type is registered as, so that an app stays as it is. */
  static final String NAME = "DmsCrossAccountS3Endpoint";

  static final String PROPERTIES = NAME + "Props";

  private final TypeSchema schema;
  private final String hash;

  ConstructClass(TypeSchema schema, String hash) {
    this.schema = schema;
    this.hash = hash;
  }

  String write() {
    var tagProperty =
        schema
            .tagProperty()
            .orElseThrow(
                () -> new IllegalArgumentException("The schema names no property for tags."));
    return """
    import software.amazon.awscdk.CfnResource;
    import software.amazon.awscdk.CfnResourceProps;
    import software.amazon.awscdk.ITaggableV2;
    import software.amazon.awscdk.ResolutionTypeHint;
    import software.amazon.awscdk.TagManager;
    import software.amazon.awscdk.services.kms.IKey;
    import software.constructs.Construct;

    %spublic class %s extends CfnResource implements ITaggableV2 {

      /** The name that the type is registered under. */
      public static final String TYPE_NAME = %s;

      /** SHA-256 of the schema that this class was written from. */
      public static final String SCHEMA_SHA256 =
          "%s";

      private final TagManager tags;
      private final String roleName;

      /** Declares an endpoint. */
      public %s(
          Construct scope, String id, %s props) {
        super(scope, id, CfnResourceProps.builder().type(TYPE_NAME).properties(props.values()).build());
        roleName = (String) props.values().get("RoleName");
        tags = EndpointTags.manager(TYPE_NAME, %s, props.tags());
      }

      /** What {@code Tags.of} adds to. */
      @Override
      public TagManager getCdkTagManager() {
        return tags;
      }

      /**
       * Lets the role of this endpoint use a key of the data-lake account for {@code sse-kms}: all
       * roles of the type, or the one role where {@code RoleName} is given. Nothing of this stack is
       * referred to, so the key may be in a stack of another account.
       *
       * @throws IllegalArgumentException where the key is imported, since its policy can't be changed
       *     from here; see {@link KeyUse#statement}
       */
      public void grantKeyUse(IKey key) {
        KeyUse.grant(key, roleName);
      }

    %s}
    """
        .formatted(
            JavaText.javadoc("", List.of(JavaText.shown(schema.description()))),
            NAME,
            JavaText.literal(schema.typeName()),
            hash,
            NAME,
            PROPERTIES,
            JavaText.literal(tagProperty),
            schema.attributes().stream().map(this::attribute).collect(joining("\n")));
  }

  private String attribute(Property property) {
    // One identifier: Ref returns it, and reads like the templates of examples/.
    var value =
        schema.primaryIdentifier().equals(List.of(property.name()))
            ? "getRef()"
            : "getAtt(%s, ResolutionTypeHint.STRING).toString()"
                .formatted(JavaText.literal(property.name()));
    return JavaText.javadoc("  ", List.of(JavaText.shown(property.description())))
        + """
          public String getAttr%s() {
            return %s;
          }
        """
            .formatted(property.name(), value);
  }
}
