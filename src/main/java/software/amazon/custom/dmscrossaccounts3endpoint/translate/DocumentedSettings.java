package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * What the reference says of S3 settings that an answer of DMS may leave out: their defaults, and
 * the format of files that they are for (DMS API reference, {@code S3Settings}; DMS User Guide,
 * "Endpoint settings when using Amazon S3 as a target").
 */
final class DocumentedSettings {

  /** The format of files where none is said. */
  static final String DEFAULT_FORMAT = "csv";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          entry("AddColumnName", "false"),
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
          entry("DatePartitionDelimiter", "SLASH"),
          entry("DatePartitionEnabled", "false"),
          entry("DatePartitionSequence", "YYYYMMDD"),
          entry("EnableStatistics", "true"),
          entry("EncodingType", "rle-dictionary"),
          entry("GlueCatalogGeneration", "false"),
          entry("IncludeOpForFullLoad", "false"),
          entry("ParquetTimestampInMillisecond", "false"),
          entry("ParquetVersion", "parquet-1-0"),
          entry("PreserveTransactions", "false"),
          entry("Rfc4180", "true"),
          entry("UseCsvNoSupValue", "false"),
          entry("UseTaskStartTimeForFullLoadTimestamp", "false"));

  private static final Set<String> CSV_ONLY =
      Set.of(
          "AddColumnName",
          "CsvDelimiter",
          "CsvNoSupValue",
          "CsvNullValue",
          "CsvRowDelimiter",
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

  private DocumentedSettings() {}

  /** Whether a setting has this value where nothing is asked for. */
  static boolean isDefault(String setting, JsonNode value) {
    var byDefault = DEFAULTS.get(setting);
    return byDefault != null
        && (byDefault.equalsIgnoreCase(value.asText())
            || Spelling.isOtherSpelling(byDefault, value.asText()));
  }

  /** Whether a setting has an effect on files of a format. */
  static boolean isUsedWith(String setting, String format) {
    return !(format.equals("csv") ? PARQUET_ONLY : CSV_ONLY).contains(setting);
  }
}
