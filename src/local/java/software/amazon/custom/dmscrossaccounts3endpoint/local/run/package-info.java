/**
 * The programs that run the provider on a local AWS: the life of one endpoint, a fleet of them, and
 * a Lambda endpoint for the tools of CloudFormation.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.run;
