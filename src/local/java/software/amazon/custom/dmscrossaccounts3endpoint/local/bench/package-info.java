/** Measures what the type costs: size, cold start, calls, time to ready, many endpoints at once. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;
