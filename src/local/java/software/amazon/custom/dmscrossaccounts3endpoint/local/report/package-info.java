/**
 * The report of a run: what happened is recorded while it happens, made into values that do not
 * change, and written as one page that needs nothing but itself.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.report;
