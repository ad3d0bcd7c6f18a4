package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import lombok.With;

/**
 * What AWS may do otherwise than its sources say, or what no source says; see {@code
 * LocalAwsBuilder} for what each means.
 */
@With
public record Habits(
    ExternalIdShown externalIdShown,
    boolean freshIds,
    boolean sourceKeys,
    Duration staleness,
    long stalenessSeed,
    Duration tagsLag,
    Duration detachLag,
    Duration authorizationLag,
    MissingRoleResource missingRoleResource,
    Map<String, UnaryOperator<String>> respelled,
    Set<String> notShown,
    Set<String> droppedAttributes,
    Map<String, UnaryOperator<String>> respelledAttributes,
    boolean emptyTexts,
    boolean filtersRegardCase,
    String servicePrincipal,
    Duration identifierReuseDelay,
    boolean namesMissingAllowListing,
    Set<String> knownAttributes,
    boolean keyIdsAsGiven,
    TagCharacters tagCharacters,
    Map<String, Quota> quotas) {

  public static final Habits ASSUMED =
      new Habits(
          ExternalIdShown.BOTH,
          false,
          true,
          Duration.ZERO,
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          MissingRoleResource.WITHOUT_PATH,
          Map.of(),
          Set.of(),
          Set.of(),
          Map.of(),
          false,
          false,
          null,
          Duration.ZERO,
          false,
          Set.of(),
          false,
          TagCharacters.DOCUMENTED,
          Map.of("dms", Quota.DMS));
}
