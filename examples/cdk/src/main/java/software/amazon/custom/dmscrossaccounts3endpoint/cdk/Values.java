package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.Map;

/** Properties that are complete. */
interface Values {

  /** What was given, under the names of the schema; it can't be changed. */
  Map<String, Object> values();
}
