package software.amazon.custom.dmscrossaccounts3endpoint.rules;

import static java.util.stream.Collectors.joining;
import static software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException.invalid;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.AllowedBucket;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings.CannedAclForObjects;
import software.amazon.custom.dmscrossaccounts3endpoint.resource.Resource;

/** The allow-lists of the type configuration: what templates may ask for. */
final class AllowListRules {

  /** Those that name all users, or all users of AWS (S3 User Guide, "Canned ACL"). */
  private static final Set<CannedAclForObjects> PUBLIC_ACLS =
      EnumSet.of(
          CannedAclForObjects.PUBLIC_READ,
          CannedAclForObjects.PUBLIC_READ_WRITE,
          CannedAclForObjects.AUTHENTICATED_READ);

  private AllowListRules() {}

  /**
   * Checks the settings of a resource against each list.
   *
   * @throws HandlerException {@code InvalidRequest}; its message names property, value and list
   */
  static void check(Resource resource) {
    var options = resource.options();
    var settings = resource.settings();
    options.buckets().forEach(allowed -> checkBucket(settings, allowed));
    if (options.limitsToFolders()) {
      checkFolder("BucketFolder", settings.getBucketFolder());
      checkFolder("CdcPath", settings.getCdcPath());
    }
    var key = settings.getServerSideEncryptionKmsKeyId();
    if (key != null) {
      options
          .kmsKeys()
          .forEach(keys -> check("ServerSideEncryptionKmsKeyId", key, "KmsKeys", keys));
    }
    var acl = settings.getCannedAclForObjects();
    if (acl != null && acl != CannedAclForObjects.NONE) {
      if (PUBLIC_ACLS.contains(acl) && options.cannedAcls().isEmpty()) {
        throw invalid(
            "S3Settings.CannedAclForObjects %s lets others than the owner of the bucket read its files. It is allowed only where CannedAcls of the type configuration has it."
                .formatted(acl.value()));
      }
      options
          .cannedAcls()
          .forEach(acls -> check("CannedAclForObjects", acl.value(), "CannedAcls", acls));
    }
    if (Boolean.TRUE.equals(settings.getGlueCatalogGeneration()) && !options.allowsGlueCatalog()) {
      throw invalid(
          "S3Settings.GlueCatalogGeneration is true, and GlueCatalog of the type configuration is"
              + " false.");
    }
  }

  private static void check(String property, String value, String list, Set<String> allowed) {
    if (!allowed.contains(value)) {
      throw notAllowed(property, value, list, allowed);
    }
  }

  private static void checkBucket(S3Settings settings, Set<AllowedBucket> allowed) {
    var bucket = settings.getBucketName();
    var entries = allowed.stream().filter(entry -> entry.getBucketName().equals(bucket)).toList();
    if (entries.isEmpty()) {
      throw notAllowed(
          "BucketName",
          bucket,
          "Buckets",
          allowed.stream().map(AllowedBucket::getBucketName).toList());
    }
    if (entries.stream().anyMatch(entry -> entry.getPrefix() == null)) {
      return;
    }
    var prefixes = entries.stream().map(AllowedBucket::getPrefix).toList();
    var list = "Prefix of bucket %s among the Buckets".formatted(bucket);
    var folder = settings.getBucketFolder();
    if (folder == null
        || !isPlain(folder)
        || prefixes.stream().noneMatch(prefix -> isUnder(folder, prefix))) {
      throw notAllowed("BucketFolder", folder == null ? "(not given)" : folder, list, prefixes);
    }
    // DMS writes it below BucketFolder (S3Settings, API reference, CdcPath).
    var changes = settings.getCdcPath();
    if (changes != null && !isPlain(changes)) {
      throw notAllowed("CdcPath", changes, list, prefixes);
    }
  }

  /** Refuses what IAM would interpret in the resources of a policy. */
  private static void checkFolder(String property, @Nullable String folder) {
    if (folder != null && isInterpreted(folder)) {
      throw invalid(
          "S3Settings.%s can't have *, ? or ${ where LimitToFolders of the type configuration is true: %s."
              .formatted(property, folder));
    }
  }

  private static boolean isInterpreted(String text) {
    return text.contains("*") || text.contains("?") || text.contains("${");
  }

  private static boolean isUnder(String folder, String prefix) {
    var segments = segments(folder);
    var wanted = segments(prefix);
    return segments.size() >= wanted.size() && segments.subList(0, wanted.size()).equals(wanted);
  }

  /** Returns whether a folder is what it looks like: no way up, and nothing that IAM interprets. */
  private static boolean isPlain(String folder) {
    return segments(folder).stream()
        .noneMatch(
            segment ->
                segment.isEmpty()
                    || segment.equals(".")
                    || segment.equals("..")
                    || isInterpreted(segment));
  }

  /** Returns the names of a path; one slash at its end is none of them. */
  private static List<String> segments(String path) {
    return List.of(path.replaceFirst("/$", "").split("/", -1));
  }

  private static HandlerException notAllowed(
      String property, String value, String list, Collection<String> allowed) {
    return invalid(
        "S3Settings.%s %s is not allowed: the type configuration has as %s %s."
            .formatted(
                property,
                value,
                list,
                allowed.isEmpty() ? "none" : allowed.stream().distinct().collect(joining(", "))));
  }
}
