package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;

/**
 * Options of a migration.
 *
 * @param typeName under which the type is registered
 * @param stackName of the stack of the template, or of the new stack for endpoints; may be null
 * @param environment that the endpoints belong to, or null
 * @param dataLakeRoleArn role to assume in the data-lake account, or null
 * @param region of the endpoints, or null for that of the AWS CLI
 * @param tag the tag whose addition adopts the endpoints, as {@code KEY=VALUE}
 * @param typeConfiguration in which environments are looked up; may be empty
 */
public record MigrationOptions(
    String typeName,
    @Nullable String stackName,
    @Nullable String environment,
    @Nullable String dataLakeRoleArn,
    @Nullable String region,
    String tag,
    JsonNode typeConfiguration) {

  /** Checks the options. */
  public MigrationOptions {
    check(
        typeName,
        "[a-zA-Z0-9]{2,64}(::[a-zA-Z0-9]{2,64}){2}",
        "--type-name: not the name of a resource type");
    check(stackName, "[a-zA-Z][-a-zA-Z0-9]{0,127}", "--stack-name: not the name of a stack");
    check(
        environment,
        "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}",
        "--environment: not the name of an environment");
    check(
        dataLakeRoleArn,
        "arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+",
        "--data-lake-role-arn: not the ARN of a role");
    check(region, "[a-z]{2}(-[a-z]+)+-[0-9]", "--region: not a Region");
    check(tag, "[^=]*[^= ][^=]*=.*", "--tag: not KEY=VALUE");
    check(tag, "(?i)(?!aws:|dms:).*", "--tag: DMS refuses keys that begin with aws: or dms:");
    check(
        tag,
        "[a-zA-Z0-9 _.:/+-]{1,128}=[a-zA-Z0-9 _.:/=+-]{0,256}",
        "--tag: DMS takes letters, digits, spaces and _ . : / = + - only");
  }

  private static void check(@Nullable String value, String pattern, String otherwise) {
    if (value != null && !value.matches(pattern)) {
      throw new MigrationRefused(otherwise + ": " + value);
    }
  }

  String tagKey() {
    return tag.substring(0, tag.indexOf('='));
  }

  String tagValue() {
    return tag.substring(tag.indexOf('=') + 1);
  }

  /** Returns whether an endpoint that names neither environment nor role has one all the same. */
  boolean hasDefaultEnvironment() {
    return typeConfiguration.hasNonNull("DefaultEnvironment");
  }

  /** Returns the environment of a pair of accounts. */
  Optional<String> environmentOf(String dmsAccount, String dataLakeAccount) {
    return configured()
        .filter(e -> account(e.path("DataLakeRoleArn").asText()).equals(dataLakeAccount))
        .filter(
            e -> !e.has("DmsRoleArn") || account(e.get("DmsRoleArn").asText()).equals(dmsAccount))
        .map(e -> e.path("Name").asText())
        .findFirst();
  }

  /** Returns the names of the environments; empty where CloudFormation resolves one of them. */
  List<String> environments() {
    var names = configured().map(e -> e.path("Name").asText()).toList();
    return names.stream().anyMatch(n -> n.startsWith("{{")) ? List.of() : names;
  }

  private Stream<JsonNode> configured() {
    return StreamSupport.stream(typeConfiguration.path("Environments").spliterator(), false);
  }

  /** Returns the account of an ARN; empty where it is none. */
  static String account(String arn) {
    return Arn.tryFromString(arn).flatMap(Arn::accountId).orElse("");
  }
}
