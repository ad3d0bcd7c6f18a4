package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;

/**
 * Who takes the type's place: its execution role, where the caller is a session of it or may assume
 * it; otherwise the caller.
 *
 * @param name who it is, for the user
 * @param isTheType whether it is the execution role: only then does a refusal say something of the
 *     type
 */
record Actor(String name, AwsCredentialsProvider credentials, boolean isTheType) {

  static Actor of(ServiceClients clients, Runner caller, Registration registration) {
    var role = registration.executionRole();
    if (role.isEmpty()) {
      return new Actor(caller.arn(), caller.credentials(), false);
    }
    if (caller.isSessionOf(role.get())) {
      return new Actor(caller.arn(), caller.credentials(), true);
    }
    try {
      var session =
          new ReadOnlySession(clients, caller.credentials(), caller.arn())
              .open(role.get(), null, ReadOnlyPolicy.TYPE);
      return new Actor(role.get(), session, true);
    } catch (AwsCallException e) {
      return new Actor(caller.arn(), caller.credentials(), false);
    }
  }
}
