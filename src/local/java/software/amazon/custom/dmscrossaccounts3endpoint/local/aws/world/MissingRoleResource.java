package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/**
 * What IAM takes for the resource when it judges a call on a role that is not there; nothing is
 * documented.
 */
public enum MissingRoleResource {
  /** The ARN of a role of that name without a path. */
  WITHOUT_PATH,
  /** Any resource, so that only a statement on {@code *} allows the call. */
  WILDCARD
}
