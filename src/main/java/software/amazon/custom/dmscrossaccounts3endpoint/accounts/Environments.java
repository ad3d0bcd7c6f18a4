package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.OperationFailed;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;

/**
 * The environments of the type configuration. The runtime does not validate the type configuration,
 * so that this does; an error ends the operation with {@code InvalidTypeConfiguration} and names
 * the entry.
 */
public final class Environments {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  private final List<Environment> entries;
  private final String defaultName;

  private Environments(List<Environment> entries, String defaultName) {
    this.entries = entries;
    this.defaultName = defaultName;
  }

  /**
   * Reads the type configuration.
   *
   * @param configuration null where the account has none
   * @param partition the partition that the handler runs in; the roles must be in it
   * @throws OperationFailed {@code InvalidTypeConfiguration}
   */
  public static Environments of(TypeConfigurationModel configuration, String partition) {
    if (configuration == null) {
      return new Environments(List.of(), null);
    }
    var entries =
        configuration.getEnvironments() == null
            ? List.<Environment>of()
            : List.copyOf(
                configuration.getEnvironments().stream().filter(Objects::nonNull).toList());
    var names = new TreeSet<String>();
    for (var entry : entries) {
      check(entry, partition);
      if (!names.add(entry.getName())) {
        throw wrong("environment \"%s\" is there twice".formatted(entry.getName()));
      }
    }
    var defaultName = configuration.getDefaultEnvironment();
    if (defaultName != null && !names.contains(defaultName)) {
      throw wrong(
          "DefaultEnvironment \"%s\" is none of its environments (%s)"
              .formatted(defaultName, String.join(", ", names)));
    }
    return new Environments(entries, defaultName);
  }

  private static void check(Environment entry, String partition) {
    var name = entry.getName();
    if (name == null || !NAME.matcher(name).matches()) {
      throw wrong("the Name of environment \"%s\" is missing or malformed".formatted(name));
    }
    if (entry.getDataLakeRoleArn() == null) {
      throw wrong("environment \"%s\" has no DataLakeRoleArn".formatted(name));
    }
    checkArn(name, "DataLakeRoleArn", entry.getDataLakeRoleArn(), "role/", partition);
    checkArn(name, "DmsRoleArn", entry.getDmsRoleArn(), "role/", partition);
    checkArn(
        name, "PermissionsBoundaryArn", entry.getPermissionsBoundaryArn(), "policy/", partition);
    var externalId = entry.getAssumeRoleExternalId();
    if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
      throw wrong("the AssumeRoleExternalId of environment \"%s\" is malformed".formatted(name));
    }
  }

  private static void checkArn(
      String name, String property, String arn, String kind, String partition) {
    if (arn != null && !EndpointNames.isIamArn(arn, kind, partition)) {
      throw wrong(
          "the %s of environment \"%s\" is not the ARN of an IAM %s in partition %s: %s"
              .formatted(property, name, kind.replace("/", ""), partition, arn));
    }
  }

  private static OperationFailed wrong(String what) {
    return new OperationFailed(
        HandlerErrorCode.InvalidTypeConfiguration,
        "The type configuration is wrong: %s. Correct it with aws cloudformation set-type-configuration."
            .formatted(what));
  }

  /** The environment of this name, if there is one. */
  public Optional<Environment> find(String name) {
    return entries.stream().filter(e -> e.getName().equals(name)).findFirst();
  }

  /**
   * The environment that a template names.
   *
   * @throws OperationFailed {@code InvalidRequest} where the type configuration has no such entry
   */
  public Environment named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                OperationFailed.invalid(
                    "Environment \"%s\" is not in the type configuration of this account and Region; it has: %s."
                        .formatted(
                            name,
                            entries.isEmpty()
                                ? "none"
                                : entries.stream()
                                    .map(Environment::getName)
                                    .collect(joining(", ")))));
  }

  /** The environment for templates that name none, if there is one. */
  public Optional<Environment> byDefault() {
    return defaultName == null ? Optional.empty() : find(defaultName);
  }

  /** All environments. */
  public Stream<Environment> all() {
    return entries.stream();
  }

  /** The environments whose endpoints are in this account. */
  public Stream<Environment> ofDmsAccount(String account, String stackAccount) {
    return all()
        .filter(
            e ->
                account.equals(
                    e.getDmsRoleArn() == null
                        ? stackAccount
                        : EndpointNames.accountOf(e.getDmsRoleArn())));
  }

  /** The external id with which a role is assumed, where the type configuration has one for it. */
  public Optional<String> externalIdFor(String roleArn) {
    return all()
        .filter(e -> roleArn.equals(e.getDataLakeRoleArn()) || roleArn.equals(e.getDmsRoleArn()))
        .map(Environment::getAssumeRoleExternalId)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
