/**
 * The report of a run: a recorder makes one data object of what happened, and one page or picture
 * is written from that.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.report;
