package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

/** Policies that the tests use. */
final class Documents {
  static final String S3 =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:PutObject"],\
      "Resource":"arn:aws:s3:::lake/*"}]}""";
  static final String TRUSTS_DMS =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
      "Principal":{"Service":"dms.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

  private Documents() {}

  static String trustsDmsWithId(String externalId) {
    return """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
        "Principal":{"Service":"dms.amazonaws.com"},"Action":"sts:AssumeRole",\
        "Condition":{"StringEquals":{"sts:ExternalId":"%s"}}}]}"""
        .formatted(externalId);
  }

  static String allow(String action, String resource) {
    return statement("Allow", action, resource);
  }

  static String deny(String action, String resource) {
    return statement("Deny", action, resource);
  }

  private static String statement(String effect, String action, String resource) {
    return """
        {"Version":"2012-10-17","Statement":[{"Effect":"%s","Action":"%s","Resource":"%s"}]}"""
        .formatted(effect, action, resource);
  }
}
