/**
 * Looks whether everything that the type needs is there and whole, in the accounts of a type
 * configuration, and changes nothing.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;
