/**
 * What is written from the schema of the resource type for those who declare it: the reference, as
 * Markdown pages, and a schema of templates for their editors.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;
