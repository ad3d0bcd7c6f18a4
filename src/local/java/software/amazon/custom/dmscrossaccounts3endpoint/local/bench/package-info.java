/** Measures the cost of the type: size, cold start, warm READ, time to ready, many at once. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.bench;
