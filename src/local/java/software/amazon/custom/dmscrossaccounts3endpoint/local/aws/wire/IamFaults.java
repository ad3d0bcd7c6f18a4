package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire;

/**
 * IAM's errors. Their codes on the wire differ from the names of their shapes (IAM service model).
 */
public final class IamFaults {
  private IamFaults() {}

  public static AwsFault noSuchEntity(String message) {
    return new AwsFault("NoSuchEntity", 404, message);
  }

  public static AwsFault noSuchRole(String name) {
    return noSuchEntity("The role with name " + name + " cannot be found.");
  }

  public static AwsFault noSuchPolicy(String arn) {
    return noSuchEntity("Policy " + arn + " was not found.");
  }

  public static AwsFault alreadyExists(String message) {
    return new AwsFault("EntityAlreadyExists", 409, message);
  }

  public static AwsFault deleteConflict(String message) {
    return new AwsFault("DeleteConflict", 409, message);
  }

  public static AwsFault limitExceeded(String message) {
    return new AwsFault("LimitExceeded", 409, message);
  }

  public static AwsFault invalidInput(String message) {
    return new AwsFault("InvalidInput", 400, message);
  }

  public static AwsFault malformedPolicy(String message) {
    return new AwsFault("MalformedPolicyDocument", 400, message);
  }
}
