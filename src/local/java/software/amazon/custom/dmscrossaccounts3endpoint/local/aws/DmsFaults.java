package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

/** DMS's errors, named as its service model and its common errors name them. */
final class DmsFaults {
  private DmsFaults() {}

  static AwsFault accessDenied(String message) {
    return new AwsFault("AccessDeniedFault", 400, message);
  }

  static AwsFault notFound(String message) {
    return new AwsFault("ResourceNotFoundFault", 400, message);
  }

  static AwsFault alreadyExists(String message) {
    return new AwsFault("ResourceAlreadyExistsFault", 400, message);
  }

  static AwsFault invalidState(String message) {
    return new AwsFault("InvalidResourceStateFault", 400, message);
  }

  static AwsFault invalidValue(String message) {
    return new AwsFault("InvalidParameterValueException", 400, message);
  }

  static AwsFault invalidCombination(String message) {
    return new AwsFault("InvalidParameterCombinationException", 400, message);
  }
}
