package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * An identity that calls AWS.
 *
 * @param arn of the user, the session or the role
 * @param isTheType whether it is the type's execution role: only then does a denial say something
 *     about the type
 */
record CallerIdentity(
    String arn, String account, AwsCredentialsProvider credentials, boolean isTheType) {

  /** Everything that a list handler does. */
  private static final List<String> EXECUTION_ROLE_ACTIONS =
      List.of("sts:AssumeRole", "dms:DescribeEndpoints", "dms:ListTagsForResource");

  /**
   * Returns the identity of credentials.
   *
   * @throws DoctorException where there are none, or AWS does not accept them or does not answer
   */
  static CallerIdentity of(DoctorClients clients, AwsCredentialsProvider credentials) {
    try {
      credentials.resolveCredentials();
    } catch (SdkClientException e) {
      // The SDK's message goes on with every place that it searched.
      throw new DoctorException(
          "no AWS credentials: "
              + CheckTarget.describe(e).replaceFirst(" AwsCredentialsProviderChain\\(.*", ""));
    }
    try (StsClient sts = clients.sts(credentials)) {
      var identity = sts.getCallerIdentity();
      return new CallerIdentity(identity.arn(), identity.account(), credentials, false);
    } catch (SdkException e) {
      throw new DoctorException("AWS does not take the credentials: " + CheckTarget.describe(e));
    }
  }

  /**
   * Returns the type's execution role, where this is a session of it or may assume it; otherwise
   * this identity.
   *
   * @param executionRole empty where it is not known
   */
  CallerIdentity asTheType(DoctorClients clients, Optional<String> executionRole) {
    if (executionRole.isEmpty()) {
      return this;
    }
    var role = executionRole.get();
    if (isSessionOf(role)) {
      return new CallerIdentity(arn, account, credentials, true);
    }
    try {
      return new CallerIdentity(
          role, account, clients.assume(credentials, role, null, EXECUTION_ROLE_ACTIONS), true);
    } catch (SdkException e) {
      return this;
    }
  }

  private boolean isSessionOf(String roleArn) {
    // A session's ARN has neither the service nor the path of its role's.
    var session = ":assumed-role/" + roleArn.substring(roleArn.lastIndexOf('/') + 1) + "/";
    return roleArn.contains("::" + account + ":") && arn.contains(session);
  }
}
