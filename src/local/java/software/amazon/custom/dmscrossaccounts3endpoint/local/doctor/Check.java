package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;

/** Looks at one part of the set-up, and changes nothing. */
@FunctionalInterface
interface Check {

  /** Returns the findings; none where there is nothing to look at. */
  List<Finding> run(CheckContext context);
}
