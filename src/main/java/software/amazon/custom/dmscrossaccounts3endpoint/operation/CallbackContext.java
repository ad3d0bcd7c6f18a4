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
 * State that one invocation of a handler leaves to the next one: how far the operation got, and
 * facts that could not be found out again. It holds no credentials and no answers of AWS. Every
 * step looks at the present state, so that an operation can continue from any earlier context.
 *
 * <p>Times are epoch seconds. Unknown values are null.
 *
 * @param phase present phase; never null after the first event
 * @param startedAt when the operation began
 * @param since when the phase began
 * @param waits how often the phase has waited
 * @param changedAt when this phase last changed something that AWS has to learn of
 * @param unconfirmedSince since when every answer has shown a state that may be an old answer
 * @param retry errors in a row that pass
 * @param handshake state of the handshake with DMS
 * @param changes when resources were created and deleted
 * @param test state of the connection test
 * @param located facts that only the endpoint's tags had, for when the endpoint is gone
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
    @Nullable Handshake handshake,
    @Nullable Changes changes,
    @Nullable ConnectionTest test,
    @Nullable LocatedResources located,
    @Nullable Failure failure) {

  /** Phases of operations, in the order in which they follow each other. */
  public enum Phase {
    /** Nothing has been changed. */
    BEGIN,
    /** Tags, role, policy and trust are changed in place. */
    UPDATE_IN_PLACE,
    /** Role and policy are brought to the desired state. */
    ENSURE_ACCESS,
    /** The endpoint is being deleted. */
    DELETE_ENDPOINT,
    /** The endpoint is created until DMS can use the role. */
    HANDSHAKE,
    /** The connection is being tested. */
    TEST,
    /** Everything is done; the operation waits until AWS shows it. */
    STABILIZE,
    /** Role and policy are being deleted. */
    DELETE_ACCESS,
    /** The operation has failed; the trust policy gets its conditions back. */
    RESTORE_TRUST
  }

  /**
   * Errors of AWS that pass.
   *
   * @param since when the first of them came
   * @param attempts how many there were in a row
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Retry(long since, int attempts) {}

  /**
   * State of the handshake with DMS.
   *
   * @param externalId external id of the last answer; it may be shown nowhere else
   * @param attempt name of the last {@code CreateEndpoint} that was answered
   * @param trustedId external id that the trust policy was brought to
   * @param asAttributes names of the S3 settings that DMS did not take over as settings, and that
   *     are sent as extra connection attributes
   * @param looksWithoutId how often the endpoint was seen without an external id
   * @param withoutConditions whether the trust policy is without source conditions
   * @param denied whether DMS denied the last {@code CreateEndpoint}
   */
  @With
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Handshake(
      @Nullable String externalId,
      @Nullable String attempt,
      @Nullable String trustedId,
      @Nullable Set<String> asAttributes,
      @Nullable Integer looksWithoutId,
      @Nullable Boolean withoutConditions,
      @Nullable Boolean denied) {

    static final Handshake NONE = new Handshake(null, null, null, null, null, null, null);
  }

  /**
   * When resources were changed.
   *
   * @param endpointDeletedAt when DMS accepted the deletion of the endpoint, or it was certain to
   *     be gone
   * @param accessCreatedAt when role or policy was created
   */
  @With
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Changes(@Nullable Long endpointDeletedAt, @Nullable Long accessCreatedAt) {

    static final Changes NONE = new Changes(null, null);
  }

  /**
   * State of the connection test.
   *
   * @param startedAt when DMS accepted it
   * @param seen whether DMS has shown it as running since then
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ConnectionTest(long startedAt, boolean seen) {}

  /**
   * Facts that find role and policy of an endpoint that is gone.
   *
   * @param dataLakeRoleArn role to assume in the data-lake account
   * @param endpointIdentifier the endpoint's identifier in DMS
   * @param roleName name of the endpoint's role
   * @param policyName name of the endpoint's policy; null where it is not known
   * @param path IAM path of both
   * @param keptAttributes extra connection attributes of an endpoint that is recreated by a caller
   *     that cannot see them
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
   * @param code of the event that ends it
   * @param message for the user
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

  /** Returns how often the phase has waited; 0 where nothing is recorded. */
  @Override
  public Integer waits() {
    return Objects.requireNonNullElse(waits, 0);
  }

  /** Returns whether this phase has waited, for whatever reason. */
  public boolean hasWaited() {
    return waits() > 0 || retry != null || unconfirmedSince != null;
  }

  private Handshake shake() {
    return Objects.requireNonNullElse(handshake, Handshake.NONE);
  }

  private Changes allChanges() {
    return Objects.requireNonNullElse(changes, Changes.NONE);
  }

  /** Returns the external id of the last answer. */
  public Optional<String> lastExternalId() {
    return Optional.ofNullable(shake().externalId);
  }

  /** Returns this context with the external id of an answer. */
  public CallbackContext withExternalId(String externalId) {
    return withHandshake(shake().withExternalId(externalId));
  }

  /** Returns the name of the last {@code CreateEndpoint} that was answered; null for none. */
  public @Nullable String attempt() {
    return shake().attempt;
  }

  /** Returns this context with the name of a {@code CreateEndpoint}; null for none. */
  public CallbackContext withAttempt(@Nullable String attempt) {
    return withHandshake(shake().withAttempt(attempt));
  }

  /** Returns the external id that the trust policy was brought to; null for none. */
  public @Nullable String trustedId() {
    return shake().trustedId;
  }

  /** Returns this context with the external id that the trust policy has, and so a condition. */
  public CallbackContext withTrustedId(String externalId) {
    return withHandshake(shake().withTrustedId(externalId).withWithoutConditions(null));
  }

  /** Returns the names of the settings that are sent as extra connection attributes. */
  public Set<String> asAttributes() {
    return Objects.requireNonNullElse(shake().asAttributes, Set.of());
  }

  /** Returns this context with settings that are sent as extra connection attributes. */
  public CallbackContext withAsAttributes(Set<String> names) {
    return withHandshake(shake().withAsAttributes(names));
  }

  /** Returns how often the endpoint was seen without an external id. */
  public int looksWithoutId() {
    return Objects.requireNonNullElse(shake().looksWithoutId, 0);
  }

  /** Returns this context after one more look that showed no external id. */
  public CallbackContext withOneMoreLookWithoutId() {
    return withHandshake(shake().withLooksWithoutId(looksWithoutId() + 1));
  }

  /** Returns whether the trust policy is without source conditions. */
  public boolean hasTrustWithoutConditions() {
    return Boolean.TRUE.equals(shake().withoutConditions);
  }

  /** Returns this context with a trust policy without source conditions. */
  public CallbackContext withTrustWithoutConditions() {
    return withHandshake(shake().withWithoutConditions(true));
  }

  /** Returns whether DMS denied the last {@code CreateEndpoint}. */
  public boolean wasDenied() {
    return Boolean.TRUE.equals(shake().denied);
  }

  /** Returns this context after a {@code CreateEndpoint} that DMS denied, or not. */
  public CallbackContext withDenied(boolean denied) {
    return withHandshake(shake().withDenied(denied ? true : null));
  }

  /** Returns when DMS accepted the deletion of the endpoint; null where it did not. */
  public @Nullable Long endpointDeletedAt() {
    return allChanges().endpointDeletedAt;
  }

  /** Returns this context after the deletion of the endpoint was accepted. */
  public CallbackContext withEndpointDeletedAt(long time) {
    return withChanges(allChanges().withEndpointDeletedAt(time));
  }

  /** Returns when role or policy was created by this operation; null where none was. */
  public @Nullable Long accessCreatedAt() {
    return allChanges().accessCreatedAt;
  }

  /** Returns this context after role or policy was created. */
  public CallbackContext withAccessCreatedAt(long time) {
    return withChanges(allChanges().withAccessCreatedAt(time));
  }

  /** Returns the extra connection attributes that a recreated endpoint keeps; null for none. */
  public @Nullable String keptAttributes() {
    return located == null ? null : located.keptAttributes;
  }
}
