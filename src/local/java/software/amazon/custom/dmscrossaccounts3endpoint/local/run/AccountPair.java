package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

/**
 * Two accounts that AWS has allow-listed for each other.
 *
 * @param dms the account of the endpoints
 * @param dataLake the account of the bucket
 */
record AccountPair(String dms, String dataLake) {}
