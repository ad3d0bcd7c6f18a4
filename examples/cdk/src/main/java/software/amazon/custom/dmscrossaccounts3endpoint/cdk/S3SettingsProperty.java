package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.Map;
import software.amazon.awscdk.IResolvable;

/**
 * Settings of an S3 target: the S3Settings of the DMS API without the service role, which this type
 * makes itself.
 */
public final class S3SettingsProperty implements Values {

  private final Map<String, Object> values;

  private S3SettingsProperty(Builder builder) {
    values = builder.values.complete();
  }

  /** A builder without any property. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Map<String, Object> values() {
    return values;
  }

  /** Takes the properties one by one; what is null is left out. */
  public static final class Builder {

    private final PropertyValues values = new PropertyValues("S3Settings");

    private Builder() {}

    /**
     * Name of the bucket in the data-lake account that the endpoint writes to.
     *
     * <p>Required. Update requires: some interruptions.
     */
    public Builder bucketName(String bucketName) {
      values.put("BucketName", bucketName);
      values.checkLength("BucketName", 3, 63);
      values.checkPattern("BucketName", "^[a-z0-9][a-z0-9.-]*[a-z0-9]$");
      return this;
    }

    /**
     * Folder in the bucket under which the tables are written: {BucketFolder}/{schema}/{table}/.
     * Without it they are written at the root of the bucket.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder bucketFolder(String bucketFolder) {
      values.put("BucketFolder", bucketFolder);
      values.checkLength("BucketFolder", 1, 1024);
      return this;
    }

    /**
     * Account that must own the bucket; DMS refuses to use a bucket of any other account, which
     * prevents bucket sniping. Default: the data-lake account, the account of DataLakeRoleArn.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder expectedBucketOwner(String expectedBucketOwner) {
      values.put("ExpectedBucketOwner", expectedBucketOwner);
      values.checkPattern("ExpectedBucketOwner", "^[0-9]{12}$");
      return this;
    }

    /**
     * Format of the files.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder dataFormat(DataFormat dataFormat) {
      values.put("DataFormat", dataFormat);
      return this;
    }

    /**
     * Format of the files.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder dataFormat(String dataFormat) {
      values.put("DataFormat", dataFormat);
      values.checkSpelling("DataFormat", DataFormat.values());
      return this;
    }

    /**
     * Whether files are compressed.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder compressionType(CompressionType compressionType) {
      values.put("CompressionType", compressionType);
      return this;
    }

    /**
     * Whether files are compressed.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder compressionType(String compressionType) {
      values.put("CompressionType", compressionType);
      values.checkSpelling("CompressionType", CompressionType.values());
      return this;
    }

    /**
     * Server-side encryption of the files. sse-kms needs ServerSideEncryptionKmsKeyId.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder encryptionMode(EncryptionMode encryptionMode) {
      values.put("EncryptionMode", encryptionMode);
      return this;
    }

    /**
     * Server-side encryption of the files. sse-kms needs ServerSideEncryptionKmsKeyId.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder encryptionMode(String encryptionMode) {
      values.put("EncryptionMode", encryptionMode);
      values.checkSpelling("EncryptionMode", EncryptionMode.values());
      return this;
    }

    /**
     * Key for sse-kms: the ARN of a key or of an alias, or the id or the alias (alias/...) of a key
     * in the data-lake account and the Region of the endpoint. The key's policy must let the
     * created role use it.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder serverSideEncryptionKmsKeyId(String serverSideEncryptionKmsKeyId) {
      values.put("ServerSideEncryptionKmsKeyId", serverSideEncryptionKmsKeyId);
      values.checkLength("ServerSideEncryptionKmsKeyId", 1, 2048);
      values.checkPattern(
          "ServerSideEncryptionKmsKeyId",
          "^(arn:aws[a-zA-Z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/|key/|alias/)?[a-zA-Z0-9/_-]+$");
      return this;
    }

    /**
     * Canned ACL that is set on every file.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder cannedAclForObjects(CannedAclForObjects cannedAclForObjects) {
      values.put("CannedAclForObjects", cannedAclForObjects);
      return this;
    }

    /**
     * Canned ACL that is set on every file.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder cannedAclForObjects(String cannedAclForObjects) {
      values.put("CannedAclForObjects", cannedAclForObjects);
      values.checkSpelling("CannedAclForObjects", CannedAclForObjects.values());
      return this;
    }

    /**
     * Separator of columns in .csv files. DMS's default is a comma.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder csvDelimiter(String csvDelimiter) {
      values.put("CsvDelimiter", csvDelimiter);
      values.checkLength("CsvDelimiter", 1, 1024);
      return this;
    }

    /**
     * Separator of rows in .csv files. DMS's default is a newline.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder csvRowDelimiter(String csvRowDelimiter) {
      values.put("CsvRowDelimiter", csvRowDelimiter);
      values.checkLength("CsvRowDelimiter", 1, 1024);
      return this;
    }

    /**
     * What a null is written as in .csv files. An empty string means that an empty field is a null.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder csvNullValue(String csvNullValue) {
      values.put("CsvNullValue", csvNullValue);
      values.checkLength("CsvNullValue", 0, 1024);
      return this;
    }

    /**
     * For CDC in .csv format: whether columns that are not in the supplemental log get
     * CsvNoSupValue instead of a null.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder useCsvNoSupValue(Boolean useCsvNoSupValue) {
      values.put("UseCsvNoSupValue", useCsvNoSupValue);
      return this;
    }

    /**
     * For CDC in .csv format: whether columns that are not in the supplemental log get
     * CsvNoSupValue instead of a null.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder useCsvNoSupValue(IResolvable useCsvNoSupValue) {
      values.put("UseCsvNoSupValue", useCsvNoSupValue);
      return this;
    }

    /**
     * For CDC in .csv format: what is written for columns that are not in the supplemental log,
     * when UseCsvNoSupValue is true.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder csvNoSupValue(String csvNoSupValue) {
      values.put("CsvNoSupValue", csvNoSupValue);
      values.checkLength("CsvNoSupValue", 1, 1024);
      return this;
    }

    /**
     * Whether .csv files begin with a line of column names.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder addColumnName(Boolean addColumnName) {
      values.put("AddColumnName", addColumnName);
      return this;
    }

    /**
     * Whether .csv files begin with a line of column names.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder addColumnName(IResolvable addColumnName) {
      values.put("AddColumnName", addColumnName);
      return this;
    }

    /**
     * Whether string data is padded.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder addTrailingPaddingCharacter(Boolean addTrailingPaddingCharacter) {
      values.put("AddTrailingPaddingCharacter", addTrailingPaddingCharacter);
      return this;
    }

    /**
     * Whether string data is padded.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder addTrailingPaddingCharacter(IResolvable addTrailingPaddingCharacter) {
      values.put("AddTrailingPaddingCharacter", addTrailingPaddingCharacter);
      return this;
    }

    /**
     * Whether quotation marks in .csv data are handled as RFC 4180 says.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder rfc4180(Boolean rfc4180) {
      values.put("Rfc4180", rfc4180);
      return this;
    }

    /**
     * Whether quotation marks in .csv data are handled as RFC 4180 says.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder rfc4180(IResolvable rfc4180) {
      values.put("Rfc4180", rfc4180);
      return this;
    }

    /**
     * Largest size, in KB, of a .csv file that a full load writes.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder maxFileSize(Number maxFileSize) {
      values.put("MaxFileSize", maxFileSize);
      values.checkInteger("MaxFileSize", 1, 1048576);
      return this;
    }

    /**
     * Version of the Parquet format.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder parquetVersion(ParquetVersion parquetVersion) {
      values.put("ParquetVersion", parquetVersion);
      return this;
    }

    /**
     * Version of the Parquet format.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder parquetVersion(String parquetVersion) {
      values.put("ParquetVersion", parquetVersion);
      values.checkSpelling("ParquetVersion", ParquetVersion.values());
      return this;
    }

    /**
     * Whether timestamps in .parquet files have millisecond precision instead of microseconds.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder parquetTimestampInMillisecond(Boolean parquetTimestampInMillisecond) {
      values.put("ParquetTimestampInMillisecond", parquetTimestampInMillisecond);
      return this;
    }

    /**
     * Whether timestamps in .parquet files have millisecond precision instead of microseconds.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder parquetTimestampInMillisecond(IResolvable parquetTimestampInMillisecond) {
      values.put("ParquetTimestampInMillisecond", parquetTimestampInMillisecond);
      return this;
    }

    /**
     * Encoding of columns in .parquet files.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder encodingType(EncodingType encodingType) {
      values.put("EncodingType", encodingType);
      return this;
    }

    /**
     * Encoding of columns in .parquet files.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder encodingType(String encodingType) {
      values.put("EncodingType", encodingType);
      values.checkSpelling("EncodingType", EncodingType.values());
      return this;
    }

    /**
     * Whether .parquet pages and row groups carry statistics.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder enableStatistics(Boolean enableStatistics) {
      values.put("EnableStatistics", enableStatistics);
      return this;
    }

    /**
     * Whether .parquet pages and row groups carry statistics.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder enableStatistics(IResolvable enableStatistics) {
      values.put("EnableStatistics", enableStatistics);
      return this;
    }

    /**
     * Largest size, in bytes, of a dictionary page in .parquet files; a larger one falls back to
     * plain encoding.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder dictPageSizeLimit(Number dictPageSizeLimit) {
      values.put("DictPageSizeLimit", dictPageSizeLimit);
      values.checkInteger("DictPageSizeLimit", 1, 2147483647);
      return this;
    }

    /**
     * Number of rows in a row group of a .parquet file.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder rowGroupLength(Number rowGroupLength) {
      values.put("RowGroupLength", rowGroupLength);
      values.checkInteger("RowGroupLength", 1, 2147483647);
      return this;
    }

    /**
     * Size, in bytes, of a data page in .parquet files.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder dataPageSize(Number dataPageSize) {
      values.put("DataPageSize", dataPageSize);
      values.checkInteger("DataPageSize", 1, 2147483647);
      return this;
    }

    /**
     * Whether a full load marks its rows as inserts, as CDC does.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder includeOpForFullLoad(Boolean includeOpForFullLoad) {
      values.put("IncludeOpForFullLoad", includeOpForFullLoad);
      return this;
    }

    /**
     * Whether a full load marks its rows as inserts, as CDC does.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder includeOpForFullLoad(IResolvable includeOpForFullLoad) {
      values.put("IncludeOpForFullLoad", includeOpForFullLoad);
      return this;
    }

    /**
     * Whether CDC writes inserts only. Can't be true together with CdcInsertsAndUpdates.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder cdcInsertsOnly(Boolean cdcInsertsOnly) {
      values.put("CdcInsertsOnly", cdcInsertsOnly);
      return this;
    }

    /**
     * Whether CDC writes inserts only. Can't be true together with CdcInsertsAndUpdates.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder cdcInsertsOnly(IResolvable cdcInsertsOnly) {
      values.put("CdcInsertsOnly", cdcInsertsOnly);
      return this;
    }

    /**
     * Whether CDC writes inserts and updates only. Can't be true together with CdcInsertsOnly.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder cdcInsertsAndUpdates(Boolean cdcInsertsAndUpdates) {
      values.put("CdcInsertsAndUpdates", cdcInsertsAndUpdates);
      return this;
    }

    /**
     * Whether CDC writes inserts and updates only. Can't be true together with CdcInsertsOnly.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder cdcInsertsAndUpdates(IResolvable cdcInsertsAndUpdates) {
      values.put("CdcInsertsAndUpdates", cdcInsertsAndUpdates);
      return this;
    }

    /**
     * Longest time, in seconds, that CDC collects changes before it writes a file.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder cdcMaxBatchInterval(Number cdcMaxBatchInterval) {
      values.put("CdcMaxBatchInterval", cdcMaxBatchInterval);
      values.checkInteger("CdcMaxBatchInterval", 0, 2147483647);
      return this;
    }

    /**
     * Size, in KB, that CDC collects before it writes a file.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder cdcMinFileSize(Number cdcMinFileSize) {
      values.put("CdcMinFileSize", cdcMinFileSize);
      values.checkInteger("CdcMinFileSize", 0, 2147483647);
      return this;
    }

    /**
     * Folder, below BucketFolder where that is set, for the files of CDC. Needed with
     * PreserveTransactions.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder cdcPath(String cdcPath) {
      values.put("CdcPath", cdcPath);
      values.checkLength("CdcPath", 1, 1024);
      return this;
    }

    /**
     * Whether CDC keeps the order of transactions in the files under CdcPath. Needs CdcPath.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder preserveTransactions(Boolean preserveTransactions) {
      values.put("PreserveTransactions", preserveTransactions);
      return this;
    }

    /**
     * Whether CDC keeps the order of transactions in the files under CdcPath. Needs CdcPath.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder preserveTransactions(IResolvable preserveTransactions) {
      values.put("PreserveTransactions", preserveTransactions);
      return this;
    }

    /**
     * Name of a column that is added with the time of each row's load or commit.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder timestampColumnName(String timestampColumnName) {
      values.put("TimestampColumnName", timestampColumnName);
      values.checkLength("TimestampColumnName", 1, 256);
      return this;
    }

    /**
     * Whether TimestampColumnName holds the start of the task for rows of a full load.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder useTaskStartTimeForFullLoadTimestamp(
        Boolean useTaskStartTimeForFullLoadTimestamp) {
      values.put("UseTaskStartTimeForFullLoadTimestamp", useTaskStartTimeForFullLoadTimestamp);
      return this;
    }

    /**
     * Whether TimestampColumnName holds the start of the task for rows of a full load.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder useTaskStartTimeForFullLoadTimestamp(
        IResolvable useTaskStartTimeForFullLoadTimestamp) {
      values.put("UseTaskStartTimeForFullLoadTimestamp", useTaskStartTimeForFullLoadTimestamp);
      return this;
    }

    /**
     * Whether folders are partitioned by the date of the transaction's commit.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder datePartitionEnabled(Boolean datePartitionEnabled) {
      values.put("DatePartitionEnabled", datePartitionEnabled);
      return this;
    }

    /**
     * Whether folders are partitioned by the date of the transaction's commit.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder datePartitionEnabled(IResolvable datePartitionEnabled) {
      values.put("DatePartitionEnabled", datePartitionEnabled);
      return this;
    }

    /**
     * Order of the parts of the date, when DatePartitionEnabled is true.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder datePartitionSequence(DatePartitionSequence datePartitionSequence) {
      values.put("DatePartitionSequence", datePartitionSequence);
      return this;
    }

    /**
     * Order of the parts of the date, when DatePartitionEnabled is true.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder datePartitionSequence(String datePartitionSequence) {
      values.put("DatePartitionSequence", datePartitionSequence);
      values.checkSpelling("DatePartitionSequence", DatePartitionSequence.values());
      return this;
    }

    /**
     * Separator of the parts of the date, when DatePartitionEnabled is true.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder datePartitionDelimiter(DatePartitionDelimiter datePartitionDelimiter) {
      values.put("DatePartitionDelimiter", datePartitionDelimiter);
      return this;
    }

    /**
     * Separator of the parts of the date, when DatePartitionEnabled is true.
     *
     * <p>As text, which may be a token. Update requires: some interruptions.
     */
    public Builder datePartitionDelimiter(String datePartitionDelimiter) {
      values.put("DatePartitionDelimiter", datePartitionDelimiter);
      values.checkSpelling("DatePartitionDelimiter", DatePartitionDelimiter.values());
      return this;
    }

    /**
     * Time zone of the date partition, such as Europe/Berlin, when DatePartitionEnabled is true.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder datePartitionTimezone(String datePartitionTimezone) {
      values.put("DatePartitionTimezone", datePartitionTimezone);
      values.checkLength("DatePartitionTimezone", 1, 128);
      values.checkPattern("DatePartitionTimezone", "^[A-Za-z0-9_+-][A-Za-z0-9_+/-]*$");
      return this;
    }

    /**
     * Whether DMS keeps an AWS Glue catalog of the files. The created role then gets the Glue and
     * Athena actions that this takes.
     *
     * <p>Update requires: some interruptions.
     */
    public Builder glueCatalogGeneration(Boolean glueCatalogGeneration) {
      values.put("GlueCatalogGeneration", glueCatalogGeneration);
      return this;
    }

    /**
     * Whether DMS keeps an AWS Glue catalog of the files. The created role then gets the Glue and
     * Athena actions that this takes.
     *
     * <p>As a token. Update requires: some interruptions.
     */
    public Builder glueCatalogGeneration(IResolvable glueCatalogGeneration) {
      values.put("GlueCatalogGeneration", glueCatalogGeneration);
      return this;
    }

    /**
     * The properties.
     *
     * @throws IllegalArgumentException where one that is required is missing
     */
    public S3SettingsProperty build() {
      values.require("BucketName", "bucketName");
      return new S3SettingsProperty(this);
    }
  }
}
