package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Documented defaults of S3 settings, and the file formats that a setting has an effect on (DMS API
 * reference, {@code S3Settings}; DMS User Guide, "Endpoint settings when using Amazon S3 as a
 * target").
 */
final class SettingDefaults {

  /** Default file format. */
  static final String DEFAULT_FORMAT = "csv";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          entry("AddColumnName", "false"),
          entry("AddTrailingPaddingCharacter", "false"),
          entry("CannedAclForObjects", "none"),
          entry("CdcInsertsAndUpdates", "false"),
          entry("CdcInsertsOnly", "false"),
          entry("CdcMaxBatchInterval", "60"),
          entry("CdcMinFileSize", "32000"),
          entry("CompressionType", "none"),
          entry("CsvDelimiter", ","),
          entry("CsvNullValue", "NULL"),
          entry("CsvRowDelimiter", "\n"),
          entry("DataFormat", DEFAULT_FORMAT),
          entry("DataPageSize", "1048576"),
          entry("DatePartitionDelimiter", "SLASH"),
          entry("DatePartitionEnabled", "false"),
          entry("DatePartitionSequence", "YYYYMMDD"),
          entry("DictPageSizeLimit", "1048576"),
          entry("EnableStatistics", "true"),
          entry("EncodingType", "rle-dictionary"),
          entry("EncryptionMode", "sse-s3"),
          entry("GlueCatalogGeneration", "false"),
          entry("IncludeOpForFullLoad", "false"),
          entry("MaxFileSize", "1048576"),
          entry("ParquetTimestampInMillisecond", "false"),
          entry("ParquetVersion", "parquet-1-0"),
          entry("PreserveTransactions", "false"),
          entry("Rfc4180", "true"),
          entry("RowGroupLength", "10000"),
          entry("UseCsvNoSupValue", "false"),
          entry("UseTaskStartTimeForFullLoadTimestamp", "false"));

  private static final Set<String> CSV_ONLY =
      Set.of(
          "AddColumnName",
          "CsvDelimiter",
          "CsvNoSupValue",
          "CsvNullValue",
          "CsvRowDelimiter",
          "MaxFileSize",
          "Rfc4180",
          "UseCsvNoSupValue");

  private static final Set<String> PARQUET_ONLY =
      Set.of(
          "DataPageSize",
          "DictPageSizeLimit",
          "EnableStatistics",
          "EncodingType",
          "ParquetTimestampInMillisecond",
          "ParquetVersion",
          "RowGroupLength");

  private SettingDefaults() {}

  /** Returns the documented default of a setting as text. */
  static Optional<String> of(String setting) {
    return Optional.ofNullable(DEFAULTS.get(setting));
  }

  /** Returns whether a value is the documented default of a setting. */
  static boolean isDefault(String setting, JsonNode value) {
    var byDefault = DEFAULTS.get(setting);
    return byDefault != null && SettingMatch.ofText(setting, byDefault, value.asText()).matches();
  }

  /** Returns whether a setting has an effect on files of a format. */
  static boolean isUsedWith(String setting, String format) {
    return !(format.equals("csv") ? PARQUET_ONLY : CSV_ONLY).contains(setting);
  }
}
