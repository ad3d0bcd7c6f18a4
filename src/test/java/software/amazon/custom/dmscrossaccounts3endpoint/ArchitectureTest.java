package software.amazon.custom.dmscrossaccounts3endpoint;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the house, which of them may know which, and what each keeps to itself. */
class ArchitectureTest {

  private static final String ROOT = "software.amazon.custom.dmscrossaccounts3endpoint";

  /** Each may know those below it, and none beside or above. */
  private static final List<Set<String>> SHIPPED =
      List.of(
          Set.of(ROOT),
          Set.of(ROOT + ".steps", ROOT + ".rules"),
          Set.of(ROOT + ".resource"),
          Set.of(ROOT + ".operation"),
          Set.of(ROOT + ".accounts"),
          Set.of(ROOT + ".policies", ROOT + ".settings"),
          Set.of(ROOT + ".log"),
          Set.of(ROOT + ".names", ROOT + ".errors", ROOT + ".schema"),
          Set.of(ROOT + ".model"));

  private static final String AWS = ROOT + ".local.aws";

  private static final List<Set<String>> LOCAL_AWS =
      List.of(
          Set.of(AWS),
          Set.of(AWS + ".stacks"),
          Set.of(
              AWS + ".dms",
              AWS + ".iam",
              AWS + ".registry",
              AWS + ".s3",
              AWS + ".sts",
              AWS + ".watch"),
          Set.of(AWS + ".call"),
          Set.of(AWS + ".world"),
          Set.of(AWS + ".policy"),
          Set.of(AWS + ".wire"));

  private static final JavaClasses MAIN =
      new ClassFileImporter().importPath(Path.of("target", "classes"));
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .importPaths(Path.of("target", "classes"), Path.of("target", "test-classes"));
  private static final JavaClasses LOCAL =
      ALL.that(
          DescribedPredicate.describe(
              "programs beside the type",
              c -> c.getPackageName().startsWith(ROOT + ".local") && !isTest(c)));

  @Test
  void thePackagesOfWhatIsShippedFormATree() {
    checkLayers(SHIPPED, MAIN);
  }

  @Test
  void theRoomsOfTheLocalAwsFormATree() {
    checkLayers(LOCAL_AWS, LOCAL);
  }

  private static void checkLayers(List<Set<String>> layers, JavaClasses classes) {
    for (var i = 0; i < layers.size(); i++) {
      for (var room : layers.get(i)) {
        var notBelow =
            layers.subList(0, i + 1).stream()
                .flatMap(Set::stream)
                .filter(other -> !other.equals(room))
                .toArray(String[]::new);
        if (notBelow.length > 0) {
          noClasses()
              .that()
              .resideInAPackage(room)
              .should(dependOnClassesThat(resideInAnyPackage(notBelow)))
              .because("a room knows only those below it")
              .check(classes);
        }
      }
    }
  }

  @Test
  void noPackagesDependOnEachOther() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
    slices().matching(ROOT + ".local.(**)").should().beFreeOfCycles().check(LOCAL);
  }

  @Test
  void nothingShippedKnowsTheProgramsBesideIt() {
    noClasses().should(dependOnClassesThat(resideInAnyPackage(ROOT + ".local.."))).check(MAIN);
  }

  @Test
  void onlyTheAccountsTouchSts() {
    noClasses()
        .that(resideOutsideOfPackages(ROOT + ".accounts"))
        .should(dependOnClassesThat(resideInAnyPackage("software.amazon.awssdk.services.sts..")))
        .check(MAIN);
  }

  @Test
  void onlyTranslatorsKnowTheS3SettingsOfModelAndSdk() {
    noClasses()
        .that(resideOutsideOfPackages(ROOT + ".settings"))
        .and(
            DescribedPredicate.describe(
                "know those of the model",
                c ->
                    c.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                            d -> d.getTargetClass().getName().equals(ROOT + ".model.S3Settings"))))
        .should(
            dependOnClassesThat(
                DescribedPredicate.describe(
                    "are the SDK's S3 settings",
                    c ->
                        c.getName()
                            .equals(
                                "software.amazon.awssdk.services.databasemigration.model.S3Settings"))))
        .check(MAIN);
  }

  @Test
  void whatNoOtherPackageNeedsIsNotPublic() {
    classes()
        .that()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .and()
        .resideOutsideOfPackage(ROOT + ".model")
        // Lambda makes this one.
        .and()
        .doNotHaveSimpleName("HandlerWrapper")
        .and()
        // The SDK creates it in the packaged jar.
        .doNotHaveSimpleName("ServicesThatAreCalled")
        .should(beNeededElsewhere())
        .check(MAIN);
  }

  private static ArchCondition<JavaClass> beNeededElsewhere() {
    return new ArchCondition<>("be needed in another package, and each of their public methods") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        var users =
            item.getDirectDependenciesToSelf().stream()
                .map(d -> d.getOriginClass().getPackageName())
                .filter(p -> !p.equals(item.getPackageName()))
                .count();
        if (users == 0) {
          events.add(SimpleConditionEvent.violated(item, item.getName() + " is public for nobody"));
        }
        var here = ALL.get(item.getName());
        Stream.concat(here.getMethods().stream(), here.getConstructors().stream())
            .filter(
                unit ->
                    unit.getModifiers()
                        .contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
            .filter(unit -> !isGenerated(unit) && !overrides(here, unit))
            .filter(unit -> !isUsedElsewhere(unit) && !isOverriddenElsewhere(here, unit))
            .forEach(
                unit ->
                    events.add(
                        SimpleConditionEvent.violated(
                            item, unit.getFullName() + " is public for nobody")));
      }
    };
  }

  private static boolean isUsedElsewhere(JavaCodeUnit unit) {
    var here = unit.getOwner().getPackageName();
    return unit.getAccessesToSelf().stream()
        .anyMatch(access -> !access.getOriginOwner().getPackageName().equals(here));
  }

  private static boolean isOverriddenElsewhere(JavaClass owner, JavaCodeUnit unit) {
    return owner.getAllSubclasses().stream()
        .filter(c -> !c.getPackageName().equals(owner.getPackageName()))
        .flatMap(c -> c.getMethods().stream())
        .anyMatch(
            m ->
                m.getName().equals(unit.getName())
                    && m.getParameters().size() == unit.getParameters().size());
  }

  /** What records, enumerations and Lombok make is as public as their class. */
  private static boolean isGenerated(JavaCodeUnit unit) {
    return unit.getOwner().isRecord()
        || unit.getOwner().isEnum()
        || unit.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC);
  }

  private static boolean overrides(JavaClass owner, JavaCodeUnit unit) {
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .flatMap(parent -> parent.getMethods().stream())
        .anyMatch(
            m ->
                m.getName().equals(unit.getName())
                    && m.getParameters().size() == unit.getParameters().size());
  }

  private static boolean isTest(JavaClass c) {
    return c.getSource()
        .flatMap(source -> source.getFileName())
        .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
        .isPresent();
  }
}
