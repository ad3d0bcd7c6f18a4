package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.log.CallLogger;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;

/**
 * Calls one service of one account as one identity, in one invocation. The clients are shared by
 * all sessions of a container; the credentials go with each request.
 */
final class AwsSession {

  private final String service;
  private final String caller;
  private final ReadCache cache;
  private final TimeBudget budget;
  private final InvocationLog log;
  private AwsCredentialsProvider credentials;
  private @Nullable Supplier<AwsCredentialsProvider> refresh;

  /**
   * Creates a session.
   *
   * @param service the service's prefix of IAM actions
   * @param caller the caller in words, for the user
   * @param credentials of the caller
   * @param refresh gives new credentials where AWS does not accept these any more; null where they
   *     are new
   */
  AwsSession(
      String service,
      String caller,
      AwsCredentialsProvider credentials,
      @Nullable Supplier<AwsCredentialsProvider> refresh,
      ReadCache cache,
      TimeBudget budget,
      InvocationLog log) {
    this.service = service;
    this.caller = caller;
    this.credentials = credentials;
    this.refresh = refresh;
    this.cache = cache;
    this.budget = budget;
    this.log = log;
  }

  /**
   * Makes one call; the SDK repeats it after throttling and transient errors. A read that was
   * answered before is not called again.
   *
   * @throws AwsCallException where the call fails
   * @throws OutOfTimeException where the invocation has no time left for it
   */
  <I extends AwsRequest, O> O call(String operation, I request, Function<I, O> client) {
    if (ReadCache.isRead(operation)) {
      return cache.get(operation, request, () -> send(operation, request, client));
    }
    try {
      return send(operation, request, client);
    } finally {
      cache.invalidateAfter(operation);
    }
  }

  /** Reads the items of all pages of a list, as {@link #call} does; one call for each page. */
  <I extends AwsRequest, P, T> List<T> list(
      String operation, I request, Function<I, SdkIterable<P>> pages, Function<P, List<T>> items) {
    return call(
        operation,
        request,
        r -> {
          var all = new ArrayList<T>();
          for (var page = pages.apply(r).iterator(); page.hasNext(); ) {
            all.addAll(items.apply(page.next()));
            if (page.hasNext()) {
              budget.forNextCall();
            }
          }
          return all;
        });
  }

  @SuppressWarnings("unchecked") // a request's builder builds requests of its own kind
  private <I extends AwsRequest, O> O send(String operation, I request, Function<I, O> client) {
    var override =
        AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(budget.forNextCall())
            .credentialsProvider(credentials)
            .putExecutionAttribute(CallLogger.LOG, log)
            .putExecutionAttribute(CallLogger.CALL, List.of(service + ":" + operation, caller))
            .build();
    try {
      return client.apply((I) request.toBuilder().overrideConfiguration(override).build());
    } catch (SdkException e) {
      var failed = new AwsCallException(service + ":" + operation, caller, e);
      if (refresh == null || !failed.isOfUnacceptedCredentials()) {
        throw failed;
      }
      credentials = refresh.get();
      refresh = null;
      return send(operation, request, client);
    }
  }
}
