package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call;

/**
 * Something that goes wrong with a call.
 *
 * @param kind what goes wrong
 * @param code the error code of {@link Kind#REFUSED}, else null
 * @param status the HTTP status of {@link Kind#REFUSED}, else 0
 * @param message the message of {@link Kind#REFUSED}, else null
 * @param times how many calls of the operation it strikes, one after another
 */
public record Fault(Kind kind, String code, int status, String message, int times) {
  /** What goes wrong. */
  public enum Kind {
    /** Nothing happens but an error of one's choice. */
    REFUSED,
    /** Nothing happens; the answer is the protocol's throttling error. */
    THROTTLED,
    /** Nothing happens; the answer has status 503. */
    UNAVAILABLE,
    /** Nothing happens; the caller is told that it is not authorized. */
    DENIED,
    /** The call takes effect, then the connection is closed without an answer. */
    LOST,
    /**
     * The call takes effect, and that was the last thing its caller did: until {@link
     * FaultPlan#revive()} nothing that it calls takes effect or gets an answer worth having.
     */
    KILL
  }

  /** One call fails with that error before it takes effect. */
  public static Fault refused(String code, int status, String message) {
    return new Fault(Kind.REFUSED, code, status, message, 1);
  }

  /** One call fails with status 500 before it takes effect. */
  public static Fault refused() {
    return refused("InternalFailure", 500, "The request processing has failed.");
  }

  /** So many calls of the operation are throttled. */
  public static Fault throttled(int calls) {
    return new Fault(Kind.THROTTLED, null, 0, null, calls);
  }

  /** So many calls of the operation get status 503. */
  public static Fault unavailable(int calls) {
    return new Fault(Kind.UNAVAILABLE, null, 0, null, calls);
  }

  /** The operation is denied from now on. */
  public static Fault denied() {
    return new Fault(Kind.DENIED, null, 0, null, Integer.MAX_VALUE);
  }

  /** One call takes effect, but its answer is lost. */
  public static Fault lost() {
    return new Fault(Kind.LOST, null, 0, null, 1);
  }

  /** One call takes effect, and its caller is stopped right after. */
  public static Fault kill() {
    return new Fault(Kind.KILL, null, 0, null, 1);
  }

  /** The same fault, striking so many calls of the operation one after another. */
  public Fault times(int calls) {
    return new Fault(kind, code, status, message, calls);
  }

  /** Whether the call that it strikes takes effect. */
  public boolean takesEffect() {
    return kind == Kind.LOST || kind == Kind.KILL;
  }
}
