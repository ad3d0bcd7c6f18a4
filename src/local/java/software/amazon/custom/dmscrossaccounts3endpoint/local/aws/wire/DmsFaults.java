package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

/** DMS's errors, named as its service model and its common errors name them. */
public final class DmsFaults {
  private DmsFaults() {}

  public static AwsFault accessDenied(String message) {
    return new AwsFault("AccessDeniedFault", 400, message);
  }

  public static AwsFault notFound(String message) {
    return new AwsFault("ResourceNotFoundFault", 400, message);
  }

  public static AwsFault alreadyExists(String message) {
    return new AwsFault("ResourceAlreadyExistsFault", 400, message);
  }

  public static AwsFault invalidState(String message) {
    return new AwsFault("InvalidResourceStateFault", 400, message);
  }

  public static AwsFault invalidValue(String message) {
    return new AwsFault("InvalidParameterValueException", 400, message);
  }

  public static AwsFault invalidCombination(String message) {
    return new AwsFault("InvalidParameterCombinationException", 400, message);
  }
}
