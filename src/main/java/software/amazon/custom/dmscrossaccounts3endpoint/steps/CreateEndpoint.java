package software.amazon.custom.dmscrossaccounts3endpoint.steps;

import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.services.databasemigration.model.AccessDeniedException;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.KmsKeyNotAccessibleException;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.S3AccessDeniedException;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.S3SettingsTranslator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/** The request of {@code CreateEndpoint}, and the meaning of the errors of this call. */
final class CreateEndpoint {

  private static final int ATTEMPT_LENGTH = 8;

  private CreateEndpoint() {}

  /** Returns a new name for a {@code CreateEndpoint}, by which its endpoint is recognized. */
  static String newAttempt() {
    return UUID.randomUUID().toString().substring(0, ATTEMPT_LENGTH);
  }

  /**
   * Returns the request for the endpoint of a resource.
   *
   * @param attempt name of the call, which becomes part of the endpoint's tags
   * @param asAttributes names of the settings to send as extra connection attributes as well
   */
  static CreateEndpointRequest request(
      Resource resource, String attempt, Set<String> asAttributes) {
    var names = resource.names();
    var settings = resource.settings();
    var tags = new TreeMap<>(resource.tags());
    tags.putAll(resource.managedTags().ofNewEndpoint(attempt));
    var settingsAsAttributes =
        S3SettingsTranslator.asAttributes(settings, withCdcPath(asAttributes));
    return CreateEndpointRequest.builder()
        .endpointIdentifier(names.endpointIdentifier())
        .resourceIdentifier(names.resourceIdentifier())
        .endpointType(ReplicationEndpointTypeValue.TARGET)
        .engineName("s3")
        .s3Settings(S3SettingsTranslator.toDms(settings, names.roleArn()))
        .extraConnectionAttributes(resource.attributes().and(settingsAsAttributes).asText())
        .tags(TagSet.toDms(tags))
        .build();
  }

  /**
   * Adds CdcPath to the settings that are sent as extra connection attributes as well. DMS shows it
   * as a setting, but a task fails with "Parameter cdcPath is required" until it is also sent as an
   * attribute (reported by users; terraform-provider-aws sends both).
   */
  private static Set<String> withCdcPath(Set<String> names) {
    var all = new TreeSet<>(names);
    all.add("CdcPath");
    return all;
  }

  /**
   * Returns whether DMS could not use the role. The error ends when the changes of role and policy
   * have propagated, unless the accounts may not pass roles to each other.
   */
  static boolean isAccessError(AwsCallException e) {
    return e.is(AccessDeniedException.class)
        || e.is(S3AccessDeniedException.class)
        || e.is(KmsKeyNotAccessibleException.class);
  }

  /**
   * Returns whether an error says that these accounts may not pass roles to each other, which does
   * not change with time. There is no error code for it: other services say so in their message
   * ("Cross-account pass role is not allowed"). An error with any other message is retried.
   */
  static boolean forbidsCrossAccountRole(AwsCallException e) {
    return e.awsMessage().toLowerCase(Locale.ROOT).contains("cross-account pass role");
  }

  /** Returns the exception for an error that no retry can end. */
  static RuntimeException failure(AwsCallException e, Resource resource) {
    return RejectedInput.explain(e, resource).<RuntimeException>map(x -> x).orElse(e);
  }
}
