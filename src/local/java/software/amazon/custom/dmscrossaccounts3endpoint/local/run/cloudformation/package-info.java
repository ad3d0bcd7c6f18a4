/**
 * CloudFormation, as far as a provider sees it: one resource's operations with their callbacks,
 * retries and idempotency tokens, the handler contract that every answer has to keep, and a stack
 * of that one resource with its rollback.
 */
package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;
