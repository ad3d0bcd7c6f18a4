/**
 * The provider as its callers see it: JSON bytes in, JSON bytes out, under the names of its two
 * Lambda functions. Nothing outside this package knows how it is run.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider;
