/** The CDK construct of the resource type, as Java source that is written from its schema. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;
