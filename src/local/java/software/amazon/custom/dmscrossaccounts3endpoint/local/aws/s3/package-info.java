/** The buckets that packages of types are uploaded to. */
package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.s3;
