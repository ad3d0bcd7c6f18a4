package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.custom.dmscrossaccounts3endpoint.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.ResourceFinder.Found;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.ConnectionAttributes;
import software.amazon.custom.dmscrossaccounts3endpoint.translate.S3SettingsTranslator;

/** What of an endpoint that is there can be changed by creating it again only. */
public final class Difference {

  private Difference() {}

  /**
   * Compares what should be with what is there.
   *
   * @param previous the template before; it tells what was taken out of the template
   * @return the names of what differs, for the user; empty where the endpoint is as it should be
   */
  public static Set<String> between(
      Resource resource, Found found, Optional<ResourceModel> previous) {
    var differences = new TreeSet<String>();
    var endpoint = found.endpoint();
    if (List.of("failed", "deleting").contains(String.valueOf(endpoint.status()))) {
      differences.add("its status " + endpoint.status());
    }
    var held =
        S3SettingsTranslator.held(endpoint.s3Settings(), endpoint.extraConnectionAttributes());
    // The owner that is set by default is not compared: an imported endpoint may do without.
    held.missing(resource.desired().getS3Settings())
        .forEach(n -> differences.add("S3Settings." + n));
    var wanted = S3SettingsTranslator.values(resource.desired().getS3Settings());
    previous
        .map(p -> S3SettingsTranslator.values(p.getS3Settings()))
        .ifPresent(
            before ->
                before.forEach(
                    (name, value) -> {
                      // Taken out of the template, and still in effect.
                      if (!wanted.containsKey(name)
                          && held.has(name, value)
                          && !isDefaultOwner(resource, name, value.asText())) {
                        differences.add("S3Settings." + name);
                      }
                    }));
    if (attributesDiffer(resource, found, previous)) {
      differences.add("ExtraConnectionAttributes");
    }
    return differences;
  }

  private static boolean isDefaultOwner(Resource resource, String name, String value) {
    return name.equals("ExpectedBucketOwner") && value.equals(resource.names().dataLakeAccount());
  }

  /**
   * DMS returns the attributes together with every S3 setting, so that only those asked for are
   * compared.
   */
  private static boolean attributesDiffer(
      Resource resource, Found found, Optional<ResourceModel> previous) {
    var wanted = ConnectionAttributes.parse(resource.desired().getExtraConnectionAttributes());
    var held = ConnectionAttributes.parse(found.endpoint().extraConnectionAttributes());
    var before =
        ConnectionAttributes.parse(
            previous.map(ResourceModel::getExtraConnectionAttributes).orElse(null));
    var changed =
        wanted.asMap().entrySet().stream()
            .anyMatch(a -> !a.getValue().equalsIgnoreCase(held.asMap().get(a.getKey())));
    var removed =
        before.asMap().entrySet().stream()
            .filter(a -> !wanted.asMap().containsKey(a.getKey()))
            .anyMatch(a -> a.getValue().equalsIgnoreCase(held.asMap().get(a.getKey())));
    return changed || removed;
  }
}
