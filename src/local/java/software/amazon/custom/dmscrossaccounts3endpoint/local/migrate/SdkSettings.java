package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;

/** Settings of an S3 endpoint as the AWS CLI prints them, for the SDK. */
final class SdkSettings {
  private SdkSettings() {}

  /** Takes what the SDK knows; a value of another type than the SDK's is left out. */
  static S3Settings of(JsonNode printed) {
    var builder = S3Settings.builder();
    for (SdkField<?> field : builder.sdkFields()) {
      var value = printed.get(field.memberName());
      if (value == null || value.isNull()) {
        continue;
      }
      if (field.marshallingType() == MarshallingType.BOOLEAN) {
        if (value.isBoolean()) {
          field.set(builder, value.booleanValue());
        }
      } else if (field.marshallingType() == MarshallingType.INTEGER) {
        if (value.canConvertToInt()) {
          field.set(builder, value.intValue());
        }
      } else {
        field.set(builder, value.asText());
      }
    }
    return builder.build();
  }
}
