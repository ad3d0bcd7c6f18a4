package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lombok.With;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.proxy.HandlerErrorCode;

/**
 * What one invocation of a handler tells the next one: how far the operation got and what could not
 * be found out again. It holds no credentials and no answers of AWS. Every step looks at what is
 * there, so that an operation can go on from any earlier context.
 *
 * <p>Times are epoch seconds. Whatever is not known is null.
 *
 * @param phase what the operation is doing; never null after the first event
 * @param since when the phase began
 * @param waits how often the phase has waited; decides the next delay
 * @param whereabouts what only the endpoint's tags told, kept for when the endpoint is gone
 * @param asAttributes names of the S3 settings that DMS did not take over as settings, and that are
 *     given to it as extra connection attributes
 * @param doubtfulSince since when every look has shown what may be an old answer
 * @param troubledSince since when AWS has had no time or no answer, invocation after invocation
 * @param troubles how many times in a row that was
 * @param externalId the external id that DMS told last; it may be shown nowhere else
 * @param attempt name of the {@code CreateEndpoint} that was answered last
 * @param trustedId the external id that the trust policy was brought to
 * @param removedAt when DMS took the request to delete the endpoint, or it was certain to be gone
 * @param grantedAt when the role or the policy was made
 * @param withoutId how often the endpoint was seen without an external id
 * @param widened whether the trust policy is without source conditions, because DMS could not use
 *     the role with them
 * @param denied whether DMS refused the last {@code CreateEndpoint} over what it sees of the role
 * @param changedAt when something was changed that DMS has to learn of
 * @param propagation how many seconds DMS took to learn of the change before
 * @param throttledSince since when AWS has let no invocation do what it was to do
 * @param absence for how many seconds the operation would stay away from a service that is busy if
 *     it knew of nobody else
 * @param testStartedAt when DMS accepted the connection test
 * @param testSeen whether DMS has shown the test as running since then
 * @param keptAttributes extra connection attributes of an endpoint that is recreated by a caller
 *     that cannot see them
 * @param failure failure that ends the operation once the trust policy has its conditions again
 */
@With
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CallbackContext(
    Phase phase,
    @Nullable Long since,
    @Nullable Integer waits,
    @Nullable Whereabouts whereabouts,
    @Nullable Set<String> asAttributes,
    @Nullable Long doubtfulSince,
    @Nullable Long troubledSince,
    @Nullable Integer troubles,
    @Nullable String externalId,
    @Nullable String attempt,
    @Nullable String trustedId,
    @Nullable Long removedAt,
    @Nullable Long grantedAt,
    @Nullable Integer withoutId,
    @Nullable Boolean widened,
    @Nullable Boolean denied,
    @Nullable Long changedAt,
    @Nullable Integer propagation,
    @Nullable Long throttledSince,
    @Nullable Integer absence,
    @Nullable Long testStartedAt,
    @Nullable Boolean testSeen,
    @Nullable String keptAttributes,
    @Nullable Failure failure) {

  /** What an operation is doing, in the order in which phases follow each other. */
  public enum Phase {
    /** Nothing has been changed that another look would not find. */
    BEGIN,
    /** What can be changed in place is changed. */
    ADAPT,
    /** Role and policy are brought to the desired state. */
    GRANT,
    /** The endpoint is being deleted. */
    REMOVE,
    /** The endpoint is created until DMS can use the role. */
    HANDSHAKE,
    /** The connection is being tested. */
    TEST,
    /** All is done; what there is now is read. */
    FINISH,
    /** Role and policy are being deleted. */
    REVOKE,
    /** The operation has failed; the trust policy gets its conditions back. */
    RESTORE_TRUST
  }

  /**
   * Failure of an operation.
   *
   * @param code of the event that ends it
   * @param message for the user
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Failure(HandlerErrorCode code, String message) {}

  /**
   * What is needed to find the role and the policy of an endpoint that is gone.
   *
   * @param dataLakeRoleArn role to assume in the data-lake account
   * @param endpointIdentifier the endpoint's identifier in DMS
   * @param roleName name of the endpoint's role
   * @param policyName name of the endpoint's policy; null where it is not known
   * @param path IAM path of both
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Whereabouts(
      String dataLakeRoleArn,
      String endpointIdentifier,
      String roleName,
      @Nullable String policyName,
      String path) {}

  /** The context of an operation that begins a phase at the given time. */
  public static CallbackContext begin(Phase phase, Instant now) {
    return new CallbackContext(
        phase,
        now.getEpochSecond(),
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** This context in another phase, which begins at the given time. */
  public CallbackContext enter(Phase next, Instant now) {
    return withPhase(next)
        .withSince(now.getEpochSecond())
        .withWaits(0)
        .withDoubtfulSince(null)
        .withTroubledSince(null)
        .withTroubles(null)
        .withWithoutId(null)
        .withDenied(null)
        .withChangedAt(null);
  }

  /** This context after one more wait for what is certain. */
  public CallbackContext waited() {
    return withWaits(waits() + 1)
        .withDoubtfulSince(null)
        .withTroubledSince(null)
        .withTroubles(null);
  }

  /** How often the phase has waited; 0 where nothing is recorded. */
  @Override
  public Integer waits() {
    return Objects.requireNonNullElse(waits, 0);
  }

  /** How many times in a row there was trouble; 0 where nothing is recorded. */
  @Override
  public Integer troubles() {
    return Objects.requireNonNullElse(troubles, 0);
  }

  /** How often the endpoint was seen without an external id; 0 where nothing is recorded. */
  @Override
  public Integer withoutId() {
    return Objects.requireNonNullElse(withoutId, 0);
  }

  /** How long the operation stays away from what is busy; 0 where nothing is. */
  @Override
  public Integer absence() {
    return Objects.requireNonNullElse(absence, 0);
  }

  /** The settings that go in as extra connection attributes; empty where there are none. */
  @Override
  public Set<String> asAttributes() {
    return Objects.requireNonNullElse(asAttributes, Set.of());
  }

  /** Whether something has been waited for in this phase, be it a doubt or trouble. */
  public boolean hasWaited() {
    return waits() > 0 || troubles() > 0 || doubtfulSince != null;
  }

  /** The external id that DMS told last. */
  public Optional<String> toldId() {
    return Optional.ofNullable(externalId);
  }

  /** Whether DMS refused the last {@code CreateEndpoint} over what it sees of the role. */
  public boolean isDenied() {
    return Boolean.TRUE.equals(denied);
  }

  /** Returns whether DMS has shown the connection test as running. */
  public boolean isTestSeen() {
    return Boolean.TRUE.equals(testSeen);
  }

  /** Whether the trust policy is without source conditions. */
  public boolean isWidened() {
    return Boolean.TRUE.equals(widened);
  }
}
