package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.StreamSupport;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.Property;

/** The Java enumeration of a property that takes one of some values. */
final class EnumerationClass {

  private final Property property;

  EnumerationClass(Property property) {
    this.property = property;
  }

  static boolean isFor(Property property) {
    return property.schema().has("enum");
  }

  String write() {
    var name = property.name();
    return """
    %spublic enum %s implements Spelled {
    %s;

      private final String spelling;

      %s(String spelling) {
        this.spelling = spelling;
      }

      @Override
      public String spelling() {
        return spelling;
      }
    }
    """
        .formatted(
            JavaText.javadoc("", List.of(JavaText.shown(property.description()))),
            name,
            StreamSupport.stream(property.schema().get("enum").spliterator(), false)
                .map(value -> constant(value.asText()))
                .collect(joining(",\n")),
            name);
  }

  private static String constant(String value) {
    return JavaText.javadoc("  ", List.of("{@code %s}.".formatted(value)))
        + "  %s(%s)".formatted(JavaText.constant(value), JavaText.literal(value));
  }
}
