package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.log.CallLogger;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;

/**
 * Calls AWS as one identity. The clients are shared by all sessions of a container; the credentials
 * go with each request.
 */
final class AwsSession {

  /** What stands behind the credentials of a session that was opened by an earlier invocation. */
  interface Reopening {

    /** For credentials that are as new as they can be. */
    Reopening IMPOSSIBLE = Optional::empty;

    /** New credentials for those that AWS did not accept; empty where there are none. */
    Optional<AwsCredentialsProvider> reopened();
  }

  /**
   * A service of an account, in one invocation.
   *
   * @param name of the service and the account
   * @param looks what the invocation has seen there
   * @param turns when it is called
   */
  record Place(String name, Looks looks, Turns turns) {}

  private final String service;
  private final String caller;
  private final Place place;
  private final InvocationLog log;
  private final Reopening reopening;
  private AwsCredentialsProvider credentials;

  /**
   * Creates a session.
   *
   * @param service the service's prefix of IAM actions
   * @param caller who calls, in words for the user
   * @param credentials those of the caller
   * @param reopening where new credentials come from when AWS does not accept these
   * @param place the service in the account that is called
   * @param log of the invocation
   */
  AwsSession(
      String service,
      String caller,
      AwsCredentialsProvider credentials,
      Reopening reopening,
      Place place,
      InvocationLog log) {
    this.service = service;
    this.caller = caller;
    this.credentials = credentials;
    this.reopening = reopening;
    this.place = place;
    this.log = log;
  }

  /**
   * Makes one call, or as many of an operation as its pages take. What only looks and has looked
   * before is not called again.
   *
   * @throws AwsCallFailed whatever goes wrong
   * @throws NotYet where the operation is to wait until it may begin; no call was made
   */
  <I extends AwsRequest, O> O call(String operation, I request, Function<I, O> client) {
    if (Looks.isLook(operation)) {
      return place.looks.at(operation, request, () -> accepted(operation, request, client));
    }
    try {
      return accepted(operation, request, client);
    } finally {
      place.looks.forgetWhatChanges(operation);
    }
  }

  private <I extends AwsRequest, O> O accepted(String operation, I request, Function<I, O> client) {
    try {
      return letThrough(operation, request, client);
    } catch (AwsCallFailed e) {
      if (!e.isOfUnacceptedCredentials()) {
        throw e;
      }
      credentials = reopening.reopened().orElseThrow(() -> e);
      return letThrough(operation, request, client);
    }
  }

  private <I extends AwsRequest, O> O letThrough(
      String operation, I request, Function<I, O> client) {
    for (var attempt = 0; ; attempt++) {
      place.turns.await(place.name);
      try {
        var answer = made(operation, request, client);
        place.turns.answered(place.name);
        return answer;
      } catch (AwsCallFailed e) {
        if (!e.isThrottling()) {
          place.turns.answered(place.name);
          throw e;
        }
        if (!place.turns.again(place.name, attempt)) {
          throw e;
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // a request's builder builds requests of its own kind
  private <I extends AwsRequest, O> O made(String operation, I request, Function<I, O> client) {
    try {
      var override =
          AwsRequestOverrideConfiguration.builder()
              .credentialsProvider(credentials)
              .putExecutionAttribute(CallLogger.LOG, log)
              .putExecutionAttribute(CallLogger.CALL, List.of(service + ":" + operation, caller))
              .build();
      return client.apply((I) request.toBuilder().overrideConfiguration(override).build());
    } catch (SdkException e) {
      throw new AwsCallFailed(service + ":" + operation, caller, e);
    }
  }
}
