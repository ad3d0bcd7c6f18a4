/**
 * Handlers of the resource type, and the entry points through which CloudFormation calls them. Each
 * handler has the order of the steps; the packages below have the steps.
 */
package software.amazon.custom.dmscrossaccounts3endpoint;
