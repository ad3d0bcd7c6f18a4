/**
 * What comes after the jar: the package that the CloudFormation registry takes, written without the
 * CloudFormation CLI, and the whole project under a type name that an account may register.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;
