package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;

/**
 * Opens sessions of roles in which nothing can be changed.
 *
 * @param opener the credentials of who assumes the roles
 * @param name who that is, for the user
 */
record ReadOnlySession(ServiceClients clients, AwsCredentialsProvider opener, String name) {

  private static final int SECONDS = 900;

  /**
   * Assumes a role, cut down to what a policy allows.
   *
   * @param externalId null for none
   * @throws AwsCallException where it can't be assumed
   */
  AwsCredentialsProvider open(String roleArn, @Nullable String externalId, ReadOnlyPolicy policy) {
    try (var sts = clients.sts(opener)) {
      var given =
          AwsCalls.made(
              "sts:AssumeRole",
              name,
              () ->
                  sts.assumeRole(
                          r ->
                              r.roleArn(roleArn)
                                  .roleSessionName("doctor")
                                  .durationSeconds(SECONDS)
                                  .externalId(externalId)
                                  .policy(policy.document()))
                      .credentials());
      return StaticCredentialsProvider.create(
          AwsSessionCredentials.create(
              given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
    }
  }
}
