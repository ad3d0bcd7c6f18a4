/**
 * The handlers of the resource type and what CloudFormation calls them through. Each handler holds
 * the order of things; the things themselves live in the packages below.
 */
package software.amazon.custom.dmscrossaccounts3endpoint;
