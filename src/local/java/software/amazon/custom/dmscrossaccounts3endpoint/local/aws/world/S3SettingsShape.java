package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.databasemigration.model.CannedAclForObjectsValue;
import software.amazon.awssdk.services.databasemigration.model.CompressionTypeValue;
import software.amazon.awssdk.services.databasemigration.model.DataFormatValue;
import software.amazon.awssdk.services.databasemigration.model.DatePartitionDelimiterValue;
import software.amazon.awssdk.services.databasemigration.model.DatePartitionSequenceValue;
import software.amazon.awssdk.services.databasemigration.model.EncodingTypeValue;
import software.amazon.awssdk.services.databasemigration.model.EncryptionModeValue;
import software.amazon.awssdk.services.databasemigration.model.ParquetVersionValue;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;

/**
 * The members of the DMS {@code S3Settings} shape, their types and enumerations. They are taken
 * from the SDK's service model, so a setting that a new SDK brings is known here at once.
 */
public final class S3SettingsShape {
  /** What a member holds. */
  public enum Type {
    TEXT,
    NUMBER,
    FLAG
  }

  private static final Map<String, Type> TYPES = types();
  private static final Map<String, List<String>> ENUMERATIONS =
      Map.of(
          "CompressionType", texts(CompressionTypeValue.knownValues()),
          "EncryptionMode", texts(EncryptionModeValue.knownValues()),
          "DataFormat", texts(DataFormatValue.knownValues()),
          "EncodingType", texts(EncodingTypeValue.knownValues()),
          "ParquetVersion", texts(ParquetVersionValue.knownValues()),
          "DatePartitionSequence", texts(DatePartitionSequenceValue.knownValues()),
          "DatePartitionDelimiter", texts(DatePartitionDelimiterValue.knownValues()),
          "CannedAclForObjects", texts(CannedAclForObjectsValue.knownValues()));

  private S3SettingsShape() {}

  private static Map<String, Type> types() {
    var types = new TreeMap<String, Type>();
    for (SdkField<?> field : S3Settings.builder().build().sdkFields()) {
      var marshalled = field.marshallingType();
      var type =
          marshalled.equals(MarshallingType.INTEGER)
              ? Type.NUMBER
              : marshalled.equals(MarshallingType.BOOLEAN) ? Type.FLAG : Type.TEXT;
      types.put(field.memberName(), type);
    }
    return types;
  }

  private static List<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).sorted().toList();
  }

  /** Member names in alphabetical order. */
  public static Collection<String> members() {
    return TYPES.keySet();
  }

  public static Type type(String member) {
    return TYPES.get(member);
  }

  static Optional<List<String>> enumeration(String member) {
    return Optional.ofNullable(ENUMERATIONS.get(member));
  }

  /** The member that an extra connection attribute stands for; DMS takes it in any case. */
  static Optional<String> memberOf(String attribute) {
    return TYPES.keySet().stream().filter(attribute::equalsIgnoreCase).findFirst();
  }

  /** How a member is called as an extra connection attribute (DMS User Guide, S3 target). */
  static String attribute(String member) {
    return switch (member) {
      case "CdcPath" -> member;
      default -> member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    };
  }

  /**
   * The service model's spelling of an enumeration's value; DMS takes any case and {@code _} for
   * {@code -}, as its own documentation writes them.
   */
  static Optional<String> canonical(String member, String value) {
    var asked = value.replace('_', '-');
    return ENUMERATIONS.get(member).stream().filter(asked::equalsIgnoreCase).findFirst();
  }
}
