package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

/** The final statuses of a stack, named as CloudFormation names them. */
public enum StackStatus {
  /** The resource is there. */
  CREATE_COMPLETE,
  /** The resource could not be created, and what was there of it is gone. */
  ROLLBACK_COMPLETE,
  /** The resource could not be created, and something of it may be left. */
  ROLLBACK_FAILED,
  /** The resource is as it was asked for last. */
  UPDATE_COMPLETE,
  /** The resource is as it was before the update. */
  UPDATE_ROLLBACK_COMPLETE,
  /** The update failed, and so did going back. */
  UPDATE_ROLLBACK_FAILED,
  /** The resource is gone. */
  DELETE_COMPLETE,
  /** The resource could not be deleted. */
  DELETE_FAILED
}
