package software.amazon.custom.dmscrossaccounts3endpoint.rules;

import static software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException.invalid;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.arns.Arn;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;

/**
 * The rules across properties, which the schema can't express. They are checked before anything is
 * created or deleted; what breaks one ends the operation with {@code InvalidRequest} and the name
 * of the property.
 */
public final class ModelRules {

  private static final int TAG_KEY_LENGTH = 128;
  private static final int TAG_VALUE_LENGTH = 256;

  private ModelRules() {}

  /**
   * Checks what a resource should be.
   *
   * @throws HandlerException {@code InvalidRequest}
   */
  public static void check(Resource resource) {
    var model = resource.desired();
    var names = resource.names();
    if (model.getS3Settings() == null || model.getS3Settings().getBucketName() == null) {
      throw invalid("S3Settings.BucketName is required.");
    }
    checkRoles(resource);
    checkSettings(model.getS3Settings(), names);
    checkAttributes(model);
    checkConnectionTest(model, names);
    checkTags(model.getTags(), resource.tags());
  }

  private static void checkRoles(Resource resource) {
    var roles = resource.roles();
    var partition = resource.names().partition();
    if (!EndpointNames.isIamArn(roles.dataLakeRoleArn(), "role/", partition)) {
      throw invalid(
          "DataLakeRoleArn is not the ARN of an IAM role in partition %s: %s."
              .formatted(partition, roles.dataLakeRoleArn()));
    }
    roles
        .dmsRole()
        .filter(arn -> !EndpointNames.isIamArn(arn, "role/", partition))
        .ifPresent(
            arn -> {
              throw invalid(
                  "DmsRoleArn is not the ARN of an IAM role in partition %s: %s."
                      .formatted(partition, arn));
            });
    resource
        .managedTags()
        .ofNewEndpoint("")
        .forEach(
            (key, value) -> {
              if (value.length() > TAG_VALUE_LENGTH) {
                throw invalid(
                    "The ARN of a role is too long to be kept in a tag of the endpoint (%d characters): DataLakeRoleArn"
                            .formatted(TAG_VALUE_LENGTH)
                        + " and DmsRoleArn need shorter paths.");
              }
            });
    roles.boundary().arn().ifPresent(boundary -> checkBoundary(boundary, resource.names()));
  }

  private static void checkBoundary(String boundary, EndpointNames names) {
    var partition = names.partition();
    if (!EndpointNames.isIamArn(boundary, "policy/", partition)) {
      throw invalid(
          "PermissionsBoundaryArn is not the ARN of an IAM policy in partition %s: %s."
              .formatted(partition, boundary));
    }
    if (!Set.of(names.dataLakeAccount(), "aws").contains(EndpointNames.accountOf(boundary))) {
      throw invalid(
          "PermissionsBoundaryArn must be a policy of the data-lake account %s or one of AWS: %s."
              .formatted(names.dataLakeAccount(), boundary));
    }
  }

  private static void checkSettings(S3Settings settings, EndpointNames names) {
    var kms = settings.getEncryptionMode() == S3Settings.EncryptionMode.SSE_KMS;
    var key = settings.getServerSideEncryptionKmsKeyId();
    if (kms && key == null) {
      throw invalid(
          "S3Settings.EncryptionMode sse-kms needs S3Settings.ServerSideEncryptionKmsKeyId.");
    }
    if (!kms && key != null) {
      throw invalid(
          "S3Settings.ServerSideEncryptionKmsKeyId is used only with S3Settings.EncryptionMode"
              + " sse-kms.");
    }
    if (key != null
        && !key.startsWith("arn:")
        && key.contains("/")
        && !key.matches("(key|alias)/.+")) {
      throw invalid(
          "S3Settings.ServerSideEncryptionKmsKeyId is neither an ARN nor the id or the alias/... of a key: %s."
              .formatted(key));
    }
    if (key != null
        && key.startsWith("arn:")
        && Arn.tryFromString(key).filter(a -> a.partition().equals(names.partition())).isEmpty()) {
      throw invalid(
          "S3Settings.ServerSideEncryptionKmsKeyId is not a key in partition %s: %s."
              .formatted(names.partition(), key));
    }
    if (Boolean.TRUE.equals(settings.getCdcInsertsOnly())
        && Boolean.TRUE.equals(settings.getCdcInsertsAndUpdates())) {
      throw invalid(
          "S3Settings.CdcInsertsOnly and S3Settings.CdcInsertsAndUpdates can't both be true.");
    }
    if (Boolean.TRUE.equals(settings.getPreserveTransactions()) && settings.getCdcPath() == null) {
      throw invalid("S3Settings.PreserveTransactions needs S3Settings.CdcPath.");
    }
    if (settings.getCdcPath() != null && settings.getCdcPath().contains(";")) {
      throw invalid(
          "S3Settings.CdcPath can't hold a semicolon, because DMS needs it as an extra connection attribute as well: %s."
              .formatted(settings.getCdcPath()));
    }
  }

  /**
   * Refuses extra connection attributes that name a setting: the setting decides which permissions
   * the role gets and what an update compares, and there is one place for each value.
   */
  private static void checkAttributes(ResourceModel model) {
    var attributes = ConnectionAttributes.parse(model.getExtraConnectionAttributes());
    for (var name : S3SettingsTranslator.settingsAmong(attributes)) {
      if (name.equals("ServiceAccessRoleArn")) {
        throw invalid(
            "ExtraConnectionAttributes can't hold serviceAccessRoleArn, which this type sets"
                + " itself.");
      }
      if (HandlerSchema.s3Settings().has(name)) {
        throw invalid(
            "ExtraConnectionAttributes can't hold %s: use S3Settings.%s."
                .formatted(S3SettingsTranslator.attributeName(name), name));
      }
    }
  }

  private static void checkConnectionTest(ResourceModel model, EndpointNames names) {
    if (model.getConnectionTest() == null) {
      return;
    }
    var arn = model.getConnectionTest().getReplicationInstanceArn();
    var instance = Arn.tryFromString(Objects.requireNonNullElse(arn, ""));
    if (instance
        .filter(a -> a.service().equals("dms") && a.resourceAsString().startsWith("rep:"))
        .isEmpty()) {
      throw invalid(
          "ConnectionTest.ReplicationInstanceArn is not the ARN of a replication instance: %s."
              .formatted(arn));
    }
    if (instance
        .filter(
            a ->
                a.partition().equals(names.partition())
                    && a.region().filter(names.region()::equals).isPresent()
                    && a.accountId().filter(names.dmsAccount()::equals).isPresent())
        .isEmpty()) {
      throw invalid(
          "ConnectionTest.ReplicationInstanceArn must be in account %s and Region %s, where the endpoint is: %s."
              .formatted(names.dmsAccount(), names.region(), arn));
    }
  }

  private static void checkTags(Set<Tag> ofModel, Map<String, String> all) {
    var keys = new HashSet<String>();
    if (ofModel != null) {
      for (var tag : ofModel) {
        if (tag == null || tag.getKey() == null || !keys.add(tag.getKey())) {
          throw invalid(
              "Tags: a key is missing or there twice%s."
                  .formatted(tag == null || tag.getKey() == null ? "" : ": " + tag.getKey()));
        }
      }
    }
    all.forEach(ModelRules::checkTag);
    if (all.size() > OwnershipTags.USER_TAGS) {
      throw invalid(
          "Tags: the stack and the template give %d tags. DMS allows 50, of which this type needs %d."
              .formatted(all.size(), 50 - OwnershipTags.USER_TAGS));
    }
  }

  private static void checkTag(String key, String value) {
    if (key.isEmpty() || key.length() > TAG_KEY_LENGTH || value.length() > TAG_VALUE_LENGTH) {
      throw invalid(
          "Tags: a key has 1 to %d characters and a value at most %d: %s."
              .formatted(TAG_KEY_LENGTH, TAG_VALUE_LENGTH, key));
    }
    var lower = key.toLowerCase(java.util.Locale.ROOT);
    if (lower.startsWith("aws:") || lower.startsWith("dms:") || OwnershipTags.isOwnershipTag(key)) {
      throw invalid(
          "Tags: keys that begin with aws:, dms: or %s are reserved: %s."
              .formatted(OwnershipTags.PREFIX, key));
    }
  }
}
