/** Writes from a custom resource's template, or from endpoints made by hand, one of this type. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;
