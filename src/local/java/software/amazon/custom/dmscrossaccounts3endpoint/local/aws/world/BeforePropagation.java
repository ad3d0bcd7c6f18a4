package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

/** What {@code CreateEndpoint} gets while DMS does not see the latest change of the role yet. */
public enum BeforePropagation {
  /** {@code AccessDeniedFault}, as users of public tools report it. */
  DENIED,
  /** An answer that looks like success and holds the external id, but nothing is kept. */
  ANSWERED_NOT_KEPT
}
