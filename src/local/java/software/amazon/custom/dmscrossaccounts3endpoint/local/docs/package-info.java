/** The reference of the resource type, as Markdown pages that are written from its schema. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;
