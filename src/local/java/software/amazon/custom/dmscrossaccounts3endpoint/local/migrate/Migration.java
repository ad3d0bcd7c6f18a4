package software.amazon.custom.dmscrossaccounts3endpoint.local.migrate;

/**
 * From what a team has to this type: from a template with the Lambda-backed custom resource, or
 * from endpoints that were made by hand.
 */
public final class Migration {
  private Migration() {}

  /**
   * Migrates.
   *
   * @param name of what is migrated, for the report
   * @param text a template in YAML or JSON, or the answer of {@code aws dms describe-endpoints}
   * @param options what is said beside it
   * @throws MigrationRefused when it is neither, or has nothing in it that can be migrated
   */
  public static MigrationFiles of(String name, String text, MigrationOptions options) {
    var source = SourceText.read(text);
    var root = source.root();
    if (root.get("Endpoints").filter(e -> e.kind() == Part.Kind.SEQUENCE).isPresent()) {
      return EndpointMigration.migrate(name, source, options);
    }
    if (source.section("Resources").isEmpty()) {
      throw new MigrationRefused(
          "neither a template nor an answer of aws dms describe-endpoints: it has no Resources and"
              + " no Endpoints");
    }
    return TemplateMigration.migrate(name, source, options);
  }
}
