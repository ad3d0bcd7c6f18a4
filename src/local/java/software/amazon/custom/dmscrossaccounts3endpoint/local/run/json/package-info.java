/** JSON text and trees, for everything that talks to the provider. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.run.json;
