package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.FoundEndpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.AskedSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.HeldSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator;

/**
 * What of an endpoint that is there can be changed by creating it again only.
 *
 * <p>What is asked for is compared with what was asked for when the endpoint was made, and what is
 * there with what was there then, both by the endpoint's tags. So neither does another spelling of
 * DMS recreate an endpoint, nor does a change by hand go unseen. An endpoint without such a record
 * is compared as it is; other spellings are the same then.
 */
public final class Difference {

  private final Resource resource;
  private final FoundEndpoint found;
  private final HeldSettings held;
  private final AskedSettings asked;

  private Difference(Resource resource, FoundEndpoint found) {
    this.resource = resource;
    this.found = found;
    this.held = found.held();
    this.asked = found.asked();
  }

  /**
   * Compares what should be with what is there.
   *
   * @param previous the template before; it tells which attributes were taken out of the template
   *     of an endpoint without a record
   * @return the names of what differs, for the user; empty where the endpoint is as it should be
   */
  public static Set<String> between(
      Resource resource, FoundEndpoint found, Optional<ResourceModel> previous) {
    var difference = new Difference(resource, found);
    var names = new TreeSet<String>();
    if (List.of("failed", "deleting").contains(found.status())) {
      names.add("its status " + found.status());
    }
    if (found.isUnfinished()) {
      names.add("its external id, which was never learned");
    }
    difference.settings().forEach(name -> names.add("S3Settings." + name));
    if (difference.attributesDiffer(previous)) {
      names.add(AskedSettings.ATTRIBUTES);
    }
    return names;
  }

  /**
   * Whether a template asks for another endpoint than the one before it. CloudFormation may give
   * what was before with everything that a read showed: a default that the template leaves out is
   * no change.
   */
  public static boolean between(Resource resource, ResourceModel before) {
    var wanted = S3SettingsTranslator.values(resource.desired().getS3Settings());
    var then = S3SettingsTranslator.values(before.getS3Settings());
    var isOther =
        wanted.entrySet().stream().anyMatch(s -> !s.getValue().equals(then.get(s.getKey())));
    var isRemoved =
        then.entrySet().stream()
            .filter(s -> !wanted.containsKey(s.getKey()))
            .anyMatch(s -> !isDefault(resource, s.getKey(), s.getValue()));
    return isOther
        || isRemoved
        || !attributes(resource.desired()).asMap().equals(attributes(before).asMap());
  }

  private static boolean isDefault(Resource resource, String name, JsonNode value) {
    return name.equals("ExpectedBucketOwner")
        ? value.asText().equals(resource.names().dataLakeAccount())
        : HeldSettings.isDefault(name, value);
  }

  private Set<String> settings() {
    // The owner that is set by default is not compared: an imported endpoint may do without.
    var wanted = S3SettingsTranslator.values(resource.desired().getS3Settings());
    var differences = new TreeSet<String>();
    wanted.forEach(
        (name, value) -> {
          var spelling = held.spelling(name, value);
          var isOnRecord = asked.settings().contains(name);
          var differs =
              switch (spelling) {
                case SAME -> false;
                case LOST -> true;
                case OTHER -> isOnRecord && !(asked.has(name, value) && isAsMade(name));
              };
          if (differs) {
            differences.add(name);
          }
        });
    // Taken out of the template: only a new endpoint has DMS's default for it.
    asked.settings().stream()
        .filter(name -> !wanted.containsKey(name) && !isDefaultOwner(name))
        .forEach(differences::add);
    return differences;
  }

  /** Whether DMS holds what it made of a setting, or what it made is not on record. */
  private boolean isAsMade(String name) {
    var respelled = found.respelled();
    return !respelled.settings().contains(name) || respelled.has(name, held.shown(name));
  }

  private boolean isDefaultOwner(String name) {
    return name.equals("ExpectedBucketOwner")
        && held.get(name)
            .filter(owner -> owner.asText().equals(resource.names().dataLakeAccount()))
            .isPresent();
  }

  private boolean attributesDiffer(Optional<ResourceModel> previous) {
    var wanted = resource.attributes();
    if (!asked.isKnown()) {
      return !heldAs(wanted)
          || previous.map(Difference::attributes).filter(b -> wasRemoved(b, wanted)).isPresent();
    }
    if (!asked.has(wanted)) {
      return true;
    }
    // As asked for when it was made: then it is as it should be where DMS still holds what it made.
    var respelled = found.respelled();
    return respelled.settings().contains(AskedSettings.ATTRIBUTES)
        ? !respelled.has(AskedSettings.ATTRIBUTES, held.of(wanted))
        : !held.has(wanted);
  }

  private boolean heldAs(ConnectionAttributes wanted) {
    return wanted.asMap().entrySet().stream()
        .allMatch(a -> held.attributes().get(a.getKey()).orElse("").equalsIgnoreCase(a.getValue()));
  }

  private boolean wasRemoved(ConnectionAttributes before, ConnectionAttributes wanted) {
    return before.asMap().entrySet().stream()
        .filter(a -> !wanted.asMap().containsKey(a.getKey()))
        .anyMatch(a -> held.attributes().get(a.getKey()).orElse("").equalsIgnoreCase(a.getValue()));
  }

  private static ConnectionAttributes attributes(ResourceModel model) {
    return ConnectionAttributes.parse(model.getExtraConnectionAttributes());
  }
}
