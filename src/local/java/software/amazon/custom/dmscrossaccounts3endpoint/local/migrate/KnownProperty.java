package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import java.util.Map;
import java.util.Optional;

/**
 * Where a property of the custom resource belongs.
 *
 * @param use what is done with it
 * @param target name of the property or of the S3 setting; for what is not in the template, why
 */
record KnownProperty(Use use, String target) {
  enum Use {
    /** A property of the type. */
    PROPERTY,
    /** A setting in {@code S3Settings}. */
    SETTING,
    /** Nothing has it any more. */
    GONE,
    /** Known, and not to be in the template; stays as a comment. */
    NOT_HERE
  }

  private static final String NAMES =
      "an imported endpoint keeps the role and the policy that it has, and the type can't use"
          + " their names for its own";

  /** By plain name. {@code COMPRESSIONTTYPE} is how the custom resource was published. */
  private static final Map<String, KnownProperty> PUBLISHED =
      Map.ofEntries(
          Map.entry("policyname", new KnownProperty(Use.NOT_HERE, NAMES)),
          Map.entry("rolename", new KnownProperty(Use.NOT_HERE, NAMES)),
          Map.entry("endpointidentifier", new KnownProperty(Use.PROPERTY, "EndpointIdentifier")),
          Map.entry("environment", new KnownProperty(Use.PROPERTY, "Environment")),
          Map.entry("bucketname", new KnownProperty(Use.SETTING, "BucketName")),
          Map.entry("bucketfolder", new KnownProperty(Use.SETTING, "BucketFolder")),
          Map.entry("compressionttype", new KnownProperty(Use.SETTING, "CompressionType")),
          Map.entry("compressiontype", new KnownProperty(Use.SETTING, "CompressionType")),
          Map.entry("timestampcolumnname", new KnownProperty(Use.SETTING, "TimestampColumnName")),
          Map.entry("dataformat", new KnownProperty(Use.SETTING, "DataFormat")),
          Map.entry("encryptionmode", new KnownProperty(Use.SETTING, "EncryptionMode")),
          Map.entry("ssekmskeyid", new KnownProperty(Use.SETTING, "ServerSideEncryptionKmsKeyId")));

  private static final Map<String, KnownProperty> OF_CLOUDFORMATION =
      Map.of(
          "ServiceToken",
              new KnownProperty(Use.GONE, "the type is registered; no function is called"),
          "ServiceTimeout", new KnownProperty(Use.GONE, "the type has timeouts of its own"));

  /** Whether it is one of the names that were published, in any spelling. */
  static boolean isPublished(String name) {
    return PUBLISHED.containsKey(SettingSchema.plain(name));
  }

  /**
   * Finds a property. A property that was added to the custom resource and has the name of a
   * setting is taken for that.
   */
  static Optional<KnownProperty> find(String name) {
    return Optional.ofNullable(OF_CLOUDFORMATION.get(name))
        .or(() -> Optional.ofNullable(PUBLISHED.get(SettingSchema.plain(name))))
        .or(() -> SettingSchema.find(name).map(s -> new KnownProperty(Use.SETTING, s.name())));
  }
}
