/** StackSets: one template in many accounts and Regions, as far as it registers types. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks;
