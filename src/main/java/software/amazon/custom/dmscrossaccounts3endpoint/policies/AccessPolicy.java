package software.amazon.custom.dmscrossaccounts3endpoint.policies;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * Policy of an endpoint's role. It allows the actions that DMS needs with these settings to write
 * to the bucket, and no others.
 *
 * <p>Source of the actions: DMS User Guide, "Using Amazon S3 as a target": prerequisites, KMS
 * encryption, and the AWS Glue Data Catalog.
 */
public final class AccessPolicy {

  private static final List<String> GLUE_ACTIONS =
      List.of(
          "glue:BatchCreatePartition",
          "glue:BatchGetPartition",
          "glue:CreateDatabase",
          "glue:CreatePartition",
          "glue:CreateTable",
          "glue:DeleteTable",
          "glue:GetDatabase",
          "glue:GetPartition",
          "glue:GetPartitions",
          "glue:GetTable",
          "glue:UpdatePartition",
          "glue:UpdateTable");

  /** DMS User Guide, "Amazon S3 target data validation": permissions. */
  private static final List<String> VALIDATION_GLUE_ACTIONS =
      List.of(
          "glue:CreateDatabase",
          "glue:CreateTable",
          "glue:DeleteDatabase",
          "glue:DeleteTable",
          "glue:GetDatabase",
          "glue:GetTable",
          "glue:GetTables");

  private static final List<String> KMS_ACTIONS =
      List.of("kms:GenerateDataKey", "kms:Decrypt", "kms:Encrypt", "kms:DescribeKey");

  private static final List<String> ATHENA_ACTIONS =
      List.of("athena:CreateWorkGroup", "athena:GetQueryExecution", "athena:StartQueryExecution");

  private AccessPolicy() {}

  /**
   * Options of the policy.
   *
   * @param limitedToFolders whether it allows writing only under the folders of the settings
   * @param dataValidation whether it allows tasks to validate the data that they wrote
   */
  public record Options(boolean limitedToFolders, boolean dataValidation) {

    /** No option. */
    public static final Options NONE = new Options(false, false);
  }

  /**
   * Returns the document for these settings.
   *
   * @param settings settings as they are sent to DMS, with the KMS key as an ARN
   */
  public static String document(EndpointNames names, S3Settings settings, Options options) {
    var statements = new ArrayList<IamStatement>();
    var bucket = arn(names, "s3", "", "", settings.getBucketName());
    statements.add(allow(List.of("s3:ListBucket", "s3:GetBucketLocation"), List.of(bucket)));
    var objectActions =
        new ArrayList<>(List.of("s3:PutObject", "s3:DeleteObject", "s3:PutObjectTagging"));
    if (setsAcl(settings)) {
      objectActions.add("s3:PutObjectAcl");
    }
    var objects = objects(bucket, settings, options);
    statements.add(allow(objectActions, objects));
    if (settings.getServerSideEncryptionKmsKeyId() != null) {
      statements.add(key(names, settings.getServerSideEncryptionKmsKeyId()));
    }
    if (Boolean.TRUE.equals(settings.getGlueCatalogGeneration())) {
      addGlue(names, statements);
    }
    if (options.dataValidation()) {
      addValidation(names, statements, bucket, objects);
    }
    return IamPolicy.builder().statements(statements).build().toJson();
  }

  /** Returns whether a policy's document is equivalent to {@link #document}. */
  public static boolean isFor(
      String document, EndpointNames names, S3Settings settings, Options options) {
    return PolicyDocuments.sayTheSame(document, document(names, settings, options));
  }

  /**
   * Returns the ARN patterns of the objects that DMS may write: all objects, or those under {@code
   * BucketFolder} and {@code CdcPath}. Without a folder DMS writes tables at the root of the
   * bucket. Data validation writes its failures to a separate folder.
   */
  private static List<String> objects(String bucket, S3Settings settings, Options options) {
    var folder = withoutSlashes(settings.getBucketFolder());
    if (!options.limitedToFolders() || folder.isEmpty()) {
      return List.of(bucket + "/*");
    }
    var objects = new ArrayList<String>();
    objects.add(bucket + "/" + folder + "/*");
    var changes = withoutSlashes(settings.getCdcPath());
    if (!changes.isEmpty()) {
      objects.add(bucket + "/" + changes + "/*");
    }
    if (options.dataValidation()) {
      objects.add(bucket + "/*s3_validation_failures/*");
    }
    return objects;
  }

  private static String withoutSlashes(String folder) {
    return folder == null ? "" : folder.replaceAll("^/+|/+$", "");
  }

  private static boolean setsAcl(S3Settings settings) {
    return settings.getCannedAclForObjects() != null
        && settings.getCannedAclForObjects() != S3Settings.CannedAclForObjects.NONE;
  }

  /**
   * Returns the statement for the KMS key. IAM does not resolve an alias in a resource; a condition
   * names the key that the alias points to (KMS Developer Guide, "Use aliases to control access to
   * KMS keys").
   *
   * @param keyArn ARN of a key or of an alias
   */
  private static IamStatement key(EndpointNames names, String keyArn) {
    var arn = Arn.fromString(keyArn);
    var alias = arn.resourceAsString();
    if (!alias.startsWith("alias/")) {
      return allow(KMS_ACTIONS, List.of(keyArn));
    }
    var keys = arn(names, "kms", arn.region().orElse(""), arn.accountId().orElse(""), "key/*");
    return allow(KMS_ACTIONS, List.of(keys)).toBuilder()
        .addCondition(
            IamConditionOperator.STRING_EQUALS.addPrefix("ForAnyValue:"),
            "kms:ResourceAliases",
            alias)
        .build();
  }

  private static void addGlue(EndpointNames names, List<IamStatement> statements) {
    var account = names.dataLakeAccount();
    statements.add(
        allow(
            GLUE_ACTIONS,
            List.of(
                arn(names, "glue", names.region(), account, "catalog"),
                arn(names, "glue", names.region(), account, "database/*"),
                arn(names, "glue", names.region(), account, "table/*"))));
    statements.add(
        allow(
            ATHENA_ACTIONS,
            List.of(
                arn(
                    names,
                    "athena",
                    names.region(),
                    account,
                    "workgroup/glue_catalog_generation_for_task_*"))));
  }

  private static void addValidation(
      EndpointNames names, List<IamStatement> statements, String bucket, List<String> objects) {
    var account = names.dataLakeAccount();
    statements.add(allow(List.of("s3:ListBucketMultipartUploads"), List.of(bucket)));
    statements.add(
        allow(
            List.of("s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts"),
            objects));
    statements.add(
        allow(
            VALIDATION_GLUE_ACTIONS,
            List.of(
                arn(names, "glue", names.region(), account, "catalog"),
                arn(names, "glue", names.region(), account, "database/aws_dms_s3_validation_*"),
                arn(names, "glue", names.region(), account, "table/aws_dms_s3_validation_*/*"),
                arn(
                    names,
                    "glue",
                    names.region(),
                    account,
                    "userDefinedFunction/aws_dms_s3_validation_*/*"))));
    statements.add(
        allow(
            ATHENA_ACTIONS,
            List.of(
                arn(
                    names,
                    "athena",
                    names.region(),
                    account,
                    "workgroup/dms_validation_workgroup_for_task_*"))));
  }

  private static IamStatement allow(List<String> actions, List<String> resources) {
    var statement = IamStatement.builder().effect(IamEffect.ALLOW);
    actions.forEach(statement::addAction);
    resources.forEach(statement::addResource);
    return statement.build();
  }

  private static String arn(
      EndpointNames names, String service, String region, String account, String resource) {
    return Arn.builder()
        .partition(names.partition())
        .service(service)
        .region(region)
        .accountId(account)
        .resource(resource)
        .build()
        .toString();
  }
}
