/**
 * Checks the registration of the type and the accounts of a type configuration, and changes
 * nothing.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;
