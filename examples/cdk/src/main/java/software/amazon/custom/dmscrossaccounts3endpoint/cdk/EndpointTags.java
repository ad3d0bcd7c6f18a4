package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.TagManager;
import software.amazon.awscdk.TagType;

/** Tags as this type has them: a list of {@code Key} and {@code Value}. */
final class EndpointTags {

  private EndpointTags() {}

  /**
   * A manager of the CDK's, which {@code Tags.of} adds to.
   *
   * @param property the property that the tags are rendered into
   * @param own what the endpoint itself has been given
   */
  static TagManager manager(String typeName, String property, List<CfnTag> own) {
    // The other kind of list, TagType.STANDARD, is rendered in lower case, which only the CDK's own
    // resources put right. This one takes a map.
    return TagManager.Builder.create(TagType.KEY_VALUE, typeName, byKey(own))
        .tagPropertyName(property)
        .build();
  }

  private static Map<String, String> byKey(List<CfnTag> tags) {
    var byKey = new LinkedHashMap<String, String>();
    tags.forEach(tag -> byKey.put(tag.getKey(), tag.getValue()));
    return byKey;
  }
}
