/** What the registry's runtime calls where a type has a logging role: CloudWatch and its logs. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch;
