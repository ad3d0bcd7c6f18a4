package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;

/** Looks at one thing, and changes nothing. */
interface Check {

  /** What it finds; nothing where there is nothing to look at. */
  List<Finding> findings();
}
