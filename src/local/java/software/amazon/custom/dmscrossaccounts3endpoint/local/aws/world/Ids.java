package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/**
 * Identifiers in AWS's shapes. They come in the same order in every local AWS, so that a simulation
 * that is run again sees the same ones.
 */
public final class Ids {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private static final long SEED = 20100508;

  private long made;

  /** Others that go on with the same identifiers. */
  Ids copy() {
    var copy = new Ids();
    copy.made = made;
    return copy;
  }

  public String accessKey() {
    return "AKIA" + letters(16);
  }

  public String sessionKey() {
    return "ASIA" + letters(16);
  }

  public String role() {
    return "AROA" + letters(17);
  }

  public String policy() {
    return "ANPA" + letters(17);
  }

  public String user() {
    return "AIDA" + letters(17);
  }

  public String secret() {
    return letters(40);
  }

  public String sessionToken() {
    return letters(200);
  }

  /** The end of the ARN of a DMS resource that was given no identifier of its own. */
  public String dmsResource() {
    return letters(39);
  }

  public String request() {
    var random = next();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** The same UUID for the same words. */
  static String stable(String... words) {
    return UUID.nameUUIDFromBytes(String.join("\n", words).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private Random next() {
    return new Random(SEED + made++);
  }

  private String letters(int length) {
    return next()
        .ints(length, 0, BASE32.length())
        .mapToObj(i -> String.valueOf(BASE32.charAt(i)))
        .reduce("", String::concat);
  }
}
