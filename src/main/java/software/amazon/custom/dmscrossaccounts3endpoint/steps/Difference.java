package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.DmsAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Marks;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.ResourceFinder.Found;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.AskedSettings;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator.Held;

/** What of an endpoint that is there can be changed by creating it again only. */
public final class Difference {

  private Difference() {}

  /**
   * Compares what should be with what is there.
   *
   * @param previous the template before; it tells which attributes were taken out of the template
   * @return the names of what differs, for the user; empty where the endpoint is as it should be
   */
  public static Set<String> between(
      Resource resource, Found found, Optional<ResourceModel> previous) {
    var differences = new TreeSet<String>();
    var endpoint = found.endpoint();
    var status = DmsAccount.statusOf(endpoint);
    if (List.of("failed", "deleting").contains(status)) {
      differences.add("its status " + status);
    }
    settings(resource, found).forEach(name -> differences.add("S3Settings." + name));
    if (attributesDiffer(resource, found, previous)) {
      differences.add("ExtraConnectionAttributes");
    }
    return differences;
  }

  private static Set<String> settings(Resource resource, Found found) {
    var wanted = resource.desired().getS3Settings();
    var names = S3SettingsTranslator.values(wanted).keySet();
    var held =
        S3SettingsTranslator.held(
            found.endpoint().s3Settings(), found.endpoint().extraConnectionAttributes());
    // The owner that is set by default is not compared: an imported endpoint may do without.
    var differences = new TreeSet<>(held.missing(wanted));
    for (var name : AskedSettings.decode(found.tags().get(Marks.SETTINGS))) {
      // Taken out of the template: only a new endpoint has DMS's default for it.
      if (!names.contains(name) && !isDefaultOwner(resource, name, held)) {
        differences.add(name);
      }
    }
    return differences;
  }

  private static boolean isDefaultOwner(Resource resource, String name, Held held) {
    return name.equals("ExpectedBucketOwner")
        && held.get(name)
            .filter(owner -> owner.asText().equals(resource.names().dataLakeAccount()))
            .isPresent();
  }

  /**
   * DMS returns the attributes together with every S3 setting, so that only those asked for are
   * compared.
   */
  private static boolean attributesDiffer(
      Resource resource, Found found, Optional<ResourceModel> previous) {
    var wanted = attributes(resource.desired().getExtraConnectionAttributes());
    var held = attributes(found.endpoint().extraConnectionAttributes());
    var before = attributes(previous.map(ResourceModel::getExtraConnectionAttributes).orElse(null));
    var changed =
        wanted.entrySet().stream()
            .anyMatch(a -> !a.getValue().equalsIgnoreCase(held.get(a.getKey())));
    var removed =
        before.entrySet().stream()
            .filter(a -> !wanted.containsKey(a.getKey()))
            .anyMatch(a -> a.getValue().equalsIgnoreCase(held.get(a.getKey())));
    return changed || removed;
  }

  private static Map<String, String> attributes(String text) {
    return ConnectionAttributes.parse(text).asMap();
  }
}
