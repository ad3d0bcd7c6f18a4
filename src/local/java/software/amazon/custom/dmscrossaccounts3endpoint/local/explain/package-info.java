/** Tells in plain words what AWS did, from the log of the type. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.explain;
