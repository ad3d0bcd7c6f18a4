package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

/**
 * IAM's errors. Their codes on the wire differ from the names of their shapes (IAM service model).
 */
final class IamFaults {
  private IamFaults() {}

  static AwsFault noSuchEntity(String message) {
    return new AwsFault("NoSuchEntity", 404, message);
  }

  static AwsFault noSuchRole(String name) {
    return noSuchEntity("The role with name " + name + " cannot be found.");
  }

  static AwsFault noSuchPolicy(String arn) {
    return noSuchEntity("Policy " + arn + " was not found.");
  }

  static AwsFault alreadyExists(String message) {
    return new AwsFault("EntityAlreadyExists", 409, message);
  }

  static AwsFault deleteConflict(String message) {
    return new AwsFault("DeleteConflict", 409, message);
  }

  static AwsFault limitExceeded(String message) {
    return new AwsFault("LimitExceeded", 409, message);
  }

  static AwsFault invalidInput(String message) {
    return new AwsFault("InvalidInput", 400, message);
  }

  static AwsFault malformedPolicy(String message) {
    return new AwsFault("MalformedPolicyDocument", 400, message);
  }
}
