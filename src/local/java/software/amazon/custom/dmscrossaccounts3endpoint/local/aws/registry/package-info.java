/** The CloudFormation registry: private resource types, their versions and configurations. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.registry;
