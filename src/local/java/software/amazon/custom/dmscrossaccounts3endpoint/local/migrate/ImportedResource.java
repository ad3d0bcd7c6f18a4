package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.LinkedHashMap;
import java.util.Map;

/** One item of what {@code create-change-set --resources-to-import} takes. */
final class ImportedResource {
  private ImportedResource() {}

  static Map<String, Object> of(String typeName, String logicalId, String endpointArn) {
    var item = new LinkedHashMap<String, Object>();
    item.put("ResourceType", typeName);
    item.put("LogicalResourceId", logicalId);
    item.put("ResourceIdentifier", Map.of("EndpointArn", endpointArn));
    return item;
  }
}
