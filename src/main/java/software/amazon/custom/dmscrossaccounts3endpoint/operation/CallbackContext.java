package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;

/**
 * What one invocation of a handler tells the next one: how far the operation got and what could not
 * be found out again. It holds no credentials and no answers of AWS. Every step looks at what is
 * there, so that an operation can go on from any earlier context.
 *
 * @param phase what the operation is doing; never null after the first event
 * @param since epoch seconds at which the phase began
 * @param waits how often the phase has waited; decides the next delay
 * @param facts what only the endpoint's tags told, kept for when the endpoint is gone; may be null
 * @param attributes names of the S3 settings that DMS did not take over as settings, and that are
 *     given to it as extra connection attributes; may be null
 * @param looks how often the endpoint was seen without an external id; may be null
 * @param troubles how many invocations in a row ended because AWS had no time or no answer; may be
 *     null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallbackContext(
    Phase phase,
    Long since,
    Integer waits,
    Facts facts,
    Set<String> attributes,
    Integer looks,
    Integer troubles) {

  /** What an operation is doing, in the order in which phases follow each other. */
  public enum Phase {
    /** Nothing has been changed that another look would not find. */
    BEGIN,
    /** The endpoint is being deleted. */
    REMOVE,
    /** Role and policy are brought to the desired state. */
    GRANT,
    /** The endpoint is created until DMS can use the role. */
    HANDSHAKE,
    /** The connection is being tested. */
    TEST,
    /** Role and policy are being deleted. */
    REVOKE
  }

  /**
   * What is needed to find the role and the policy of an endpoint that is gone.
   *
   * @param dataLakeRoleArn role to assume in the data-lake account
   * @param endpointIdentifier the endpoint's identifier in DMS
   * @param roleName name of the endpoint's role
   * @param policyName name of the endpoint's policy; null where it is not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Facts(
      String dataLakeRoleArn, String endpointIdentifier, String roleName, String policyName) {}

  /** The context of an operation that begins a phase at the given time. */
  public static CallbackContext begin(Phase phase, Instant now) {
    return new CallbackContext(phase, now.getEpochSecond(), 0, null, null, null, null);
  }

  /** This context in another phase, which begins at the given time. */
  public CallbackContext enter(Phase next, Instant now) {
    return new CallbackContext(next, now.getEpochSecond(), 0, facts, attributes, null, null);
  }

  /** This context after one more wait. */
  public CallbackContext waited() {
    return new CallbackContext(phase, since, waits() + 1, facts, attributes, looks, null);
  }

  /** This context with the facts that outlive the endpoint. */
  public CallbackContext knowing(Facts known) {
    return new CallbackContext(phase, since, waits, known, attributes, looks, troubles);
  }

  /** This context with the settings that go in as extra connection attributes. */
  public CallbackContext withAttributes(Set<String> names) {
    return new CallbackContext(phase, since, waits, facts, Set.copyOf(names), looks, troubles);
  }

  /** This context after one more look at an endpoint without an external id. */
  public CallbackContext looked() {
    return new CallbackContext(phase, since, waits, facts, attributes, looks() + 1, troubles);
  }

  /** This context after one more invocation that AWS had no time or no answer for. */
  public CallbackContext troubled() {
    return new CallbackContext(phase, since, waits, facts, attributes, looks, troubles() + 1);
  }

  /** How many invocations in a row had trouble; 0 where nothing is recorded. */
  @Override
  public Integer troubles() {
    return troubles == null ? 0 : troubles;
  }

  /** How often the endpoint was seen without an external id; 0 where nothing is recorded. */
  @Override
  public Integer looks() {
    return looks == null ? 0 : looks;
  }

  /** How often the phase has waited; 0 where nothing is recorded. */
  @Override
  public Integer waits() {
    return waits == null ? 0 : waits;
  }

  /** The settings that go in as extra connection attributes; empty where there are none. */
  @Override
  public Set<String> attributes() {
    return attributes == null ? Set.of() : attributes;
  }
}
