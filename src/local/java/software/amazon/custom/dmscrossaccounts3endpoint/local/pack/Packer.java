package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import software.amazon.custom.dmscrossaccounts3endpoint.local.docs.TemplateSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/** Writes the registry package of a project that Maven has built, under the name asked for. */
public final class Packer {
  private final PrintStream out;
  private final LocalDateTime time;

  /**
   * A packer.
   *
   * @param time time of every entry of what it writes
   */
  Packer(PrintStream out, LocalDateTime time) {
    this.out = out;
    this.time = time;
  }

  /**
   * Writes {@code target/{name}.zip} for the project's own name; for another name the folder {@code
   * target/registry/{name}} and {@code target/registry/{name}.zip} beside it. Beside either package
   * goes the schema of templates, {@code {name}-template-schema.json}.
   *
   * @param name the name that the type is to be registered under
   * @throws PackFailed when it can't be registered so
   */
  void pack(Project project, TypeName name) throws IOException {
    var jar = project.resolve(project.jar());
    var size = new HandlerJar(jar).check(project.resolve(Project.BUILD + "/test-classes"));
    out.println(project.jar() + ": " + size);
    if (name.equals(project.typeName())) {
      packUnderOwnName(project);
    } else {
      packUnder(name, project);
    }
  }

  private void packUnderOwnName(Project project) throws IOException {
    var name = project.typeName();
    write(project, project.resolve(Project.BUILD), Project.BUILD + "/");
    if (name.isReserved()) {
      out.println(
          "No account can register a type as %s, the namespace %s is reserved: build with -Dtype.name=Acme::DMS::CrossAccountS3Endpoint or another name of yours."
              .formatted(name, name.namespace()));
    }
  }

  private void packUnder(TypeName name, Project project) throws IOException {
    if (name.isReserved()) {
      throw new PackFailed(
          "No account can register a type as %s: the namespace %s is reserved."
              .formatted(name, name.namespace()));
    }
    var registry = project.resolve(Project.BUILD + "/registry");
    var path = Project.BUILD + "/registry/";
    var renamed =
        new RenamedProject(project, name, time).write(registry.resolve(name.inFileNames()));
    out.println(path + name.inFileNames() + ": the project as " + name);
    write(renamed, registry, path);
  }

  private void write(Project project, Path folder, String path) throws IOException {
    var name = project.typeName();
    var file = name.inFileNames() + ".zip";
    new RegistryPackage(project, time).write(folder.resolve(file));
    out.println(path + file + ": the registry package of " + name);
    var schema = name.inFileNames() + "-template-schema.json";
    Files.writeString(
        folder.resolve(schema), Json.pretty(TemplateSchema.of(project.schema())) + "\n");
    out.println(path + schema + ": the schema of templates with " + name + ", for editors");
  }

  /**
   * Packs a project. What is wrong with it or with the name is one line on standard error and exit
   * code 1.
   *
   * @param args folder of the project, name of the type, {@code project.build.outputTimestamp}, the
   *     jar that was made, the jar to register
   * @throws IOException where a file can't be read or written
   */
  public static void main(String[] args) throws IOException {
    try {
      var project = new Project(Path.of(args[0]));
      var time = utc(args[2]);
      new HandlerJar(project.resolve(args[3]))
          .write(project.resolve(args[4]), time, Optional.empty());
      new Packer(System.out, time).pack(project, new TypeName(args[1]));
    } catch (PackFailed e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static LocalDateTime utc(String timestamp) {
    return OffsetDateTime.parse(timestamp).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }
}
