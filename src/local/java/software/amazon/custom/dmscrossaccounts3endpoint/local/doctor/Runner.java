package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;

/**
 * Who calls AWS.
 *
 * @param arn of the user or the session
 * @param account of the user or the session
 * @param credentials what it calls with
 */
record Runner(String arn, String account, AwsCredentialsProvider credentials) {

  /**
   * Whose credentials these are.
   *
   * @throws CannotBegin where there are none, or AWS does not accept them or does not answer
   */
  static Runner of(ServiceClients clients, AwsCredentialsProvider credentials) {
    try {
      credentials.resolveCredentials();
    } catch (SdkClientException e) {
      throw new CannotBegin("no AWS credentials: " + firstSentence(e));
    }
    try {
      var identity = identity(clients, credentials);
      return new Runner(identity.arn(), identity.account(), credentials);
    } catch (AwsCallException e) {
      throw new CannotBegin("AWS does not take the credentials: " + AwsCalls.whatAwsSays(e));
    }
  }

  private static GetCallerIdentityResponse identity(
      ServiceClients clients, AwsCredentialsProvider credentials) {
    try (var sts = clients.sts(credentials)) {
      return AwsCalls.made("sts:GetCallerIdentity", "the caller", sts::getCallerIdentity);
    }
  }

  /** The SDK goes on about every place that it looked at. */
  private static String firstSentence(SdkClientException e) {
    var message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    var chain = message.indexOf(" AwsCredentialsProviderChain(");
    return chain < 0 ? message : message.substring(0, chain);
  }

  /** Whether this is a session of a role. */
  boolean isSessionOf(String roleArn) {
    // A session's ARN has neither the service nor the path of its role's.
    var session = ":assumed-role/" + roleArn.substring(roleArn.lastIndexOf('/') + 1) + "/";
    return roleArn.contains("::" + account + ":") && arn.contains(session);
  }
}
