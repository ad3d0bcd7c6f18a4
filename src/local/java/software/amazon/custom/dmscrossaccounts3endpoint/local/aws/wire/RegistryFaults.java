package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

/** The CloudFormation registry's errors (CloudFormation service model). */
public final class RegistryFaults {
  private RegistryFaults() {}

  public static AwsFault typeNotFound(String message) {
    return new AwsFault("TypeNotFoundException", 404, message);
  }

  public static AwsFault registry(String message) {
    return new AwsFault("CFNRegistryException", 400, message);
  }
}
