package software.amazon.custom.dmscrossaccounts3endpoint.operation;

/** Phases of an operation, in the order in which they follow each other. */
public enum Phase {
  /** Nothing has been changed. */
  BEGIN,
  /** Tags, role, policy and trust policy are changed in place. */
  UPDATE_IN_PLACE,
  /** Role and policy are brought to the desired state. */
  ENSURE_ACCESS,
  /** The endpoint is being deleted. */
  DELETE_ENDPOINT,
  /** The endpoint is created until DMS can use the role. */
  HANDSHAKE,
  /** The connection is being tested. */
  TEST,
  /** All changes are made; the operation waits until AWS shows them. */
  STABILIZE,
  /** Role and policy are being deleted. */
  DELETE_ACCESS,
  /** The operation has failed; the trust policy gets its conditions back. */
  RESTORE_TRUST
}
