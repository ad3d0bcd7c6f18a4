package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.AllowedBucket;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.RoleOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.model.RoleTag;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * The environments of the type configuration. The runtime does not validate the type configuration,
 * so that this does; an error ends the operation with {@code InvalidTypeConfiguration} and names
 * the entry.
 */
public final class TypeConfiguration {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  private static final Pattern PRINCIPAL =
      Pattern.compile("dms(\\.([a-z0-9-]{1,30}|\\{region\\}))?\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern PATH = Pattern.compile("(?=.{1,256}$)/([\\w+=,.@-]{1,254}/){0,127}");

  /** A dynamic reference that CloudFormation did not resolve has only characters that IAM takes. */
  private static final Pattern DESCRIPTION =
      Pattern.compile("(?!\\{\\{resolve:)[\\x20-\\x7E]{1,900}");

  /** The characters of tags of IAM (TagRole, API reference). */
  private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");

  private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
  private static final int MOST_ROLE_TAGS = 40;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("(?!/)(?!.*//)(?!(.*/)?\\.{1,2}(/|$))[^*?${}]{1,1024}");
  private static final Pattern KMS_KEY =
      Pattern.compile(
          "arn:aws[a-zA-Z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[a-zA-Z0-9/_-]{1,256}");
  private static final Set<String> CANNED_ACLS =
      Stream.of(S3Settings.CannedAclForObjects.values())
          .map(S3Settings.CannedAclForObjects::value)
          .collect(Collectors.toUnmodifiableSet());

  /** As in the schema: with the other waits of an update it stays below the update's timeout. */
  private static final int MOST_HANDSHAKE_MINUTES = 45;

  private final List<Environment> entries;
  private final @Nullable String defaultName;
  private final @Nullable RoleOptions options;
  private final boolean rolesInTemplates;

  private TypeConfiguration(
      List<Environment> entries,
      @Nullable String defaultName,
      @Nullable RoleOptions options,
      boolean rolesInTemplates) {
    this.entries = entries;
    this.defaultName = defaultName;
    this.options = options;
    this.rolesInTemplates = rolesInTemplates;
  }

  /**
   * Reads the type configuration.
   *
   * @param configuration null where the account has none
   * @param partition the partition that the handler runs in; the roles must be in it
   * @throws HandlerException {@code InvalidTypeConfiguration}
   */
  public static TypeConfiguration of(
      @Nullable TypeConfigurationModel configuration, String partition) {
    if (configuration == null) {
      return new TypeConfiguration(List.of(), null, null, true);
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
    checkOptions("DefaultOptions", configuration.getDefaultOptions());
    return new TypeConfiguration(
        entries,
        defaultName,
        configuration.getDefaultOptions(),
        !Boolean.FALSE.equals(configuration.getRolesInTemplates()));
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
    checkOptions("the Options of environment \"%s\"".formatted(name), entry.getOptions());
  }

  private static void checkOptions(String where, @Nullable RoleOptions options) {
    if (options == null) {
      return;
    }
    check(
        where,
        "ServicePrincipals",
        options.getServicePrincipals(),
        all -> !all.isEmpty() && all.stream().allMatch(p -> matches(PRINCIPAL, p)));
    check(
        where,
        "HandshakeTimeoutMinutes",
        options.getHandshakeTimeoutMinutes(),
        minutes -> minutes >= 1 && minutes <= MOST_HANDSHAKE_MINUTES);
    check(where, "Path", options.getPath(), path -> matches(PATH, path));
    check(where, "Description", options.getDescription(), text -> matches(DESCRIPTION, text));
    check(
        where,
        "Tags",
        options.getTags(),
        tags ->
            tags.size() <= MOST_ROLE_TAGS && tags.stream().allMatch(TypeConfiguration::isRoleTag));
    check(
        where,
        "Buckets",
        options.getBuckets(),
        all -> !all.isEmpty() && all.stream().allMatch(TypeConfiguration::isBucket));
    check(
        where,
        "KmsKeys",
        options.getKmsKeys(),
        all -> all.stream().allMatch(key -> matches(KMS_KEY, key)));
    check(
        where,
        "CannedAcls",
        options.getCannedAcls(),
        all -> all.stream().allMatch(acl -> acl != null && CANNED_ACLS.contains(acl)));
  }

  private static boolean isBucket(@Nullable AllowedBucket bucket) {
    return bucket != null
        && matches(BUCKET, bucket.getBucketName())
        && (bucket.getPrefix() == null || matches(PREFIX, bucket.getPrefix()));
  }

  private static <T> void check(
      String where, String option, @Nullable T value, Predicate<T> isValid) {
    if (value != null && !isValid.test(value)) {
      // Generated classes begin their text with the name of the class.
      var text = value.toString().replaceAll("[\\w.]+@[0-9a-f]+", "");
      throw wrong("%s of %s is malformed: %s".formatted(option, where, text));
    }
  }

  private static boolean isRoleTag(@Nullable RoleTag tag) {
    return tag != null
        && matches(TAG_KEY, tag.getKey())
        && matches(TAG_VALUE, tag.getValue())
        && !tag.getKey().toLowerCase(Locale.ROOT).startsWith("aws:")
        && !OwnershipTags.isOwnershipTag(tag.getKey());
  }

  private static boolean matches(Pattern pattern, @Nullable String text) {
    return text != null && pattern.matcher(text).matches();
  }

  private static void checkArn(
      String name, String property, @Nullable String arn, String kind, String partition) {
    if (arn != null && !EndpointNames.isIamArn(arn, kind, partition)) {
      throw wrong(
          "the %s of environment \"%s\" is not the ARN of an IAM %s in partition %s: %s"
              .formatted(property, name, kind.replace("/", ""), partition, arn));
    }
  }

  private static HandlerException wrong(String what) {
    return new HandlerException(
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
   * @throws HandlerException {@code InvalidRequest} where the type configuration has no such entry
   */
  public Environment named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                HandlerException.invalid(
                    "Environment \"%s\" is not in the type configuration of this account and Region; it has: %s."
                        .formatted(name, names())));
  }

  /** Returns the names of all environments, for the user. */
  public String names() {
    return entries.isEmpty()
        ? "none"
        : entries.stream().map(Environment::getName).collect(joining(", "));
  }

  /** Returns whether templates may name roles and boundaries that no environment names. */
  public boolean allowsRolesInTemplates() {
    return rolesInTemplates;
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

  /**
   * The external ids to assume a role with, in the order in which they are tried; none where the
   * type configuration has none for it. Several environments may share a role and name ids of their
   * own; that of the environment that is meant is the only one then.
   *
   * @param environment name of the environment that is meant, where it is known
   */
  List<String> externalIdsFor(String roleArn, Optional<String> environment) {
    var entries =
        all()
            .filter(
                e -> roleArn.equals(e.getDataLakeRoleArn()) || roleArn.equals(e.getDmsRoleArn()))
            .toList();
    var meant =
        entries.stream().filter(e -> environment.filter(e.getName()::equals).isPresent()).toList();
    return (meant.isEmpty() ? entries : meant)
        .stream()
            .map(Environment::getAssumeRoleExternalId)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
  }

  /**
   * Returns the options of an endpoint: those of its environment and of every environment with its
   * data-lake role, each over those of the whole type configuration. So a template can't get around
   * them by the way in which it names the role.
   *
   * @param environment its name; empty where the template names the roles itself
   * @param dataLakeRole ARN of the role that is assumed in the data-lake account
   */
  public ResolvedOptions options(Optional<String> environment, Optional<String> dataLakeRole) {
    var applying =
        Stream.concat(
                environment.flatMap(this::find).stream(),
                all()
                    .filter(
                        e ->
                            dataLakeRole
                                .filter(e.getDataLakeRoleArn()::equalsIgnoreCase)
                                .isPresent()))
            .distinct()
            .map(e -> withDefaults(e.getOptions()))
            .toList();
    return new ResolvedOptions(applying.isEmpty() ? List.of(withDefaults(null)) : applying);
  }

  private List<RoleOptions> withDefaults(@Nullable RoleOptions ofEnvironment) {
    return Stream.of(Optional.ofNullable(ofEnvironment), Optional.ofNullable(options))
        .flatMap(Optional::stream)
        .toList();
  }
}
