package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;

/**
 * A bucket at one moment. Contents are never changed, only replaced.
 *
 * @param owner the account that it is in
 * @param policy its policy, null where it has none
 */
public record Bucket(String name, String owner, String policy, Map<String, byte[]> objects) {

  /** The bucket with an object in it, in the place of the one of that key. */
  public Bucket with(String key, byte[] content) {
    var changed = new HashMap<>(objects);
    changed.put(key, content);
    return new Bucket(name, owner, policy, Map.copyOf(changed));
  }

  public Optional<byte[]> object(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  public Optional<PolicyDocument> policyDocument() {
    return Optional.ofNullable(policy)
        .map(text -> PolicyParser.parse(text, PolicyParser.Kind.RESOURCE));
  }
}
