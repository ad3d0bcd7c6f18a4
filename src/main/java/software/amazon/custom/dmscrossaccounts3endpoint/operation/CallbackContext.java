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
 * State that one invocation of a handler passes to the next one: the phase, and facts that AWS does
 * not show again. It holds no credentials and no copies of AWS answers. Every step queries the
 * present state, so that an operation can continue from any earlier context.
 *
 * <p>Times are epoch seconds. Unknown values are null.
 *
 * @param phase present phase; never null after the first event
 * @param startedAt when the operation began
 * @param since when the phase began
 * @param waits number of waits in the phase
 * @param changedAt time of the phase's last change that has to propagate in AWS
 * @param unconfirmedSince time of the first of the consecutive answers that may be old
 * @param retry consecutive temporary errors
 * @param handshake state of the handshake with DMS
 * @param changes when resources were created and deleted
 * @param test state of the connection test
 * @param located facts that only the endpoint's tags had, for the time after its deletion
 * @param failure failure that ends the operation once the trust policy has its conditions again
 */
@With
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CallbackContext(
    Phase phase,
    @Nullable Long startedAt,
    @Nullable Long since,
    @Nullable Integer waits,
    @Nullable Long changedAt,
    @Nullable Long unconfirmedSince,
    @Nullable Retry retry,
    @Nullable HandshakeState handshake,
    @Nullable ChangeTimes changes,
    @Nullable ConnectionTest test,
    @Nullable LocatedResources located,
    @Nullable Failure failure) {

  /**
   * State of the connection test.
   *
   * @param startedAt when DMS accepted it
   * @param seen whether DMS has shown it as running since then
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ConnectionTest(long startedAt, boolean seen) {}

  /**
   * Facts that are needed to find role and policy of an endpoint that no longer exists.
   *
   * @param dataLakeRoleArn role to assume in the data-lake account
   * @param endpointIdentifier the endpoint's identifier in DMS
   * @param roleName name of the endpoint's role
   * @param policyName name of the endpoint's policy; null where it is not known
   * @param path IAM path of both
   * @param keptAttributes extra connection attributes of an endpoint that is recreated by a caller
   *     that cannot read them
   */
  @With
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record LocatedResources(
      String dataLakeRoleArn,
      String endpointIdentifier,
      String roleName,
      @Nullable String policyName,
      String path,
      @Nullable String keptAttributes) {}

  /**
   * Failure of an operation.
   *
   * @param code error code of the last event
   * @param message message for the user
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Failure(HandlerErrorCode code, String message) {}

  /** Returns the context of an operation that begins now. */
  public static CallbackContext begin(Phase phase, Instant now) {
    var seconds = now.getEpochSecond();
    return new CallbackContext(
        phase, seconds, seconds, 0, null, null, null, null, null, null, null, null);
  }

  /** Returns this context in another phase, which begins now. */
  public CallbackContext enter(Phase next, Instant now) {
    return confirmed()
        .withPhase(next)
        .withSince(now.getEpochSecond())
        .withWaits(0)
        .withChangedAt(null)
        .withHandshake(
            handshake == null ? null : handshake.withLooksWithoutId(null).withDenied(null));
  }

  /** Returns this context after one more wait. */
  public CallbackContext waited() {
    return confirmed().withWaits(waits() + 1);
  }

  /** Returns this context without errors and without an unconfirmed answer. */
  private CallbackContext confirmed() {
    return withUnconfirmedSince(null).withRetry(null);
  }

  /** Returns the number of waits in the phase; 0 where nothing is recorded. */
  @Override
  public Integer waits() {
    return Objects.requireNonNullElse(waits, 0);
  }

  /** Returns whether this phase has waited, for any reason. */
  public boolean hasWaited() {
    return waits() > 0 || retry != null || unconfirmedSince != null;
  }

  private HandshakeState handshakeOrNone() {
    return Objects.requireNonNullElse(handshake, HandshakeState.NONE);
  }

  private ChangeTimes changesOrNone() {
    return Objects.requireNonNullElse(changes, ChangeTimes.NONE);
  }

  /** Returns the external id in the last answer. */
  public Optional<String> lastExternalId() {
    return Optional.ofNullable(handshakeOrNone().externalId());
  }

  /** Returns this context with the external id in an answer. */
  public CallbackContext withExternalId(String externalId) {
    return withHandshake(handshakeOrNone().withExternalId(externalId));
  }

  /** Returns the name of the last {@code CreateEndpoint} that was answered; null for none. */
  public @Nullable String attempt() {
    return handshakeOrNone().attempt();
  }

  /** Returns this context with the name of a {@code CreateEndpoint}; null for none. */
  public CallbackContext withAttempt(@Nullable String attempt) {
    return withHandshake(handshakeOrNone().withAttempt(attempt));
  }

  /** Returns the external id in the trust policy; null for none. */
  public @Nullable String trustedId() {
    return handshakeOrNone().trustedId();
  }

  /** Returns this context with the external id in the trust policy, which is a condition. */
  public CallbackContext withTrustedId(String externalId) {
    return withHandshake(handshakeOrNone().withTrustedId(externalId).withWithoutConditions(null));
  }

  /** Returns the names of the settings that are sent as extra connection attributes. */
  public Set<String> asAttributes() {
    return Objects.requireNonNullElse(handshakeOrNone().asAttributes(), Set.of());
  }

  /** Returns this context with the settings that are sent as extra connection attributes. */
  public CallbackContext withAsAttributes(Set<String> names) {
    return withHandshake(handshakeOrNone().withAsAttributes(names));
  }

  /** Returns the number of answers that showed the endpoint without an external id. */
  public int looksWithoutId() {
    return Objects.requireNonNullElse(handshakeOrNone().looksWithoutId(), 0);
  }

  /** Returns this context after one more answer without an external id. */
  public CallbackContext withOneMoreLookWithoutId() {
    return withHandshake(handshakeOrNone().withLooksWithoutId(looksWithoutId() + 1));
  }

  /** Returns whether the trust policy has no source conditions. */
  public boolean hasTrustWithoutConditions() {
    return Boolean.TRUE.equals(handshakeOrNone().withoutConditions());
  }

  /** Returns this context with a trust policy without source conditions. */
  public CallbackContext withTrustWithoutConditions() {
    return withHandshake(handshakeOrNone().withWithoutConditions(true));
  }

  /** Returns whether DMS denied the last {@code CreateEndpoint}. */
  public boolean wasDenied() {
    return Boolean.TRUE.equals(handshakeOrNone().denied());
  }

  /** Returns this context with the result of a {@code CreateEndpoint}: denied or not. */
  public CallbackContext withDenied(boolean denied) {
    return withHandshake(handshakeOrNone().withDenied(denied ? true : null));
  }

  /** Returns when DMS accepted the deletion of the endpoint; null where it did not. */
  public @Nullable Long endpointDeletedAt() {
    return changesOrNone().endpointDeletedAt();
  }

  /** Returns this context after the deletion of the endpoint was accepted. */
  public CallbackContext withEndpointDeletedAt(long time) {
    return withChanges(changesOrNone().withEndpointDeletedAt(time));
  }

  /** Returns when this operation created role or policy; null where it did not. */
  public @Nullable Long accessCreatedAt() {
    return changesOrNone().accessCreatedAt();
  }

  /** Returns this context after role or policy was created. */
  public CallbackContext withAccessCreatedAt(long time) {
    return withChanges(changesOrNone().withAccessCreatedAt(time));
  }

  /** Returns the extra connection attributes that a recreated endpoint keeps; null for none. */
  public @Nullable String keptAttributes() {
    return located == null ? null : located.keptAttributes();
  }
}
