package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * What whoever migrates says beside the file.
 *
 * @param typeName under which the type is registered
 * @param stackName of the stack that has the endpoints, or is to have them; null where it is asked
 *     for later
 * @param environment that the endpoints belong to, or null
 * @param dataLakeRoleArn role to assume in the data-lake account, or null
 * @param region of the endpoints, or null for that of the AWS CLI
 * @param tagKey key of the tag whose addition adopts the endpoints
 * @param tagValue value of that tag
 * @param typeConfiguration in which environments are looked up; may be empty
 */
public record MigrationOptions(
    String typeName,
    @Nullable String stackName,
    @Nullable String environment,
    @Nullable String dataLakeRoleArn,
    @Nullable String region,
    String tagKey,
    String tagValue,
    JsonNode typeConfiguration) {

  /** Checks the options. */
  public MigrationOptions {
    check(
        typeName.matches("[a-zA-Z0-9]{2,64}(::[a-zA-Z0-9]{2,64}){2}"),
        "--type-name: not the name of a resource type: " + typeName);
    check(
        stackName == null || stackName.matches("[a-zA-Z][-a-zA-Z0-9]{0,127}"),
        "--stack-name: not the name of a stack: " + stackName);
    check(
        environment == null || environment.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}"),
        "--environment: not the name of an environment: " + environment);
    check(
        dataLakeRoleArn == null
            || dataLakeRoleArn.matches("arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+"),
        "--data-lake-role-arn: not the ARN of a role: " + dataLakeRoleArn);
    check(
        region == null || region.matches("[a-z]{2}(-[a-z]+)+-[0-9]"),
        "--region: not a Region: " + region);
    check(
        (tagKey + tagValue).matches("[a-zA-Z0-9 _.:/=+-]+") && !tagKey.isBlank(),
        "--tag: DMS allows letters, digits, spaces and _ . : / = + - only: "
            + tagKey
            + "="
            + tagValue);
  }

  private static void check(boolean fine, String otherwise) {
    if (!fine) {
      throw new MigrationRefused(otherwise);
    }
  }

  /** The environment of a pair of accounts: the one asked for, or that of the configuration. */
  Optional<String> environmentOf(String dmsAccount, String dataLakeAccount) {
    if (environment != null || dataLakeRoleArn != null) {
      return Optional.ofNullable(environment);
    }
    return StreamSupport.stream(typeConfiguration.path("Environments").spliterator(), false)
        .filter(e -> account(e, "DataLakeRoleArn").filter(dataLakeAccount::equals).isPresent())
        .filter(e -> account(e, "DmsRoleArn").filter(a -> !a.equals(dmsAccount)).isEmpty())
        .map(e -> e.path("Name").asText())
        .findFirst();
  }

  /** The names of the environments of the type configuration. */
  List<String> environments() {
    return StreamSupport.stream(typeConfiguration.path("Environments").spliterator(), false)
        .map(e -> e.path("Name").asText())
        .toList();
  }

  private static Optional<String> account(JsonNode environment, String role) {
    return Optional.ofNullable(environment.get(role))
        .map(JsonNode::asText)
        .map(EndpointNames::accountOf);
  }
}
