package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loops, as the CloudFormation template reference describes {@code Fn::ForEach}. */
class LanguageExtensionsTest {

  private static final String HEAD =
      """
      Transform: AWS::LanguageExtensions
      Parameters:
        Names: {Type: CommaDelimitedList, Default: 'a, b'}
      Mappings:
        Sizes: {a: {Of: '1'}, b: {Of: '2'}}
        Lists: {a: {Of: [x]}, b: {Of: [y, z]}}
      """;

  @TempDir private Path folder;

  private DeployedTemplate deployed(String template) {
    try {
      var file = Files.writeString(folder.resolve("template.yaml"), template);
      return DeployedTemplate.of(TemplateFile.read(file), "111122223333", Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String resources(String resources) {
    return deployed(HEAD + "Resources:\n" + resources.indent(2)).resources("Some").toString();
  }

  @Test
  void eachTurnHasItsItemInKeysTextsAndReferences() {
    assertThat(
            resources(
                """
                Fn::ForEach::Loop:
                  - Name
                  - [A, B]
                  - Bucket${Name}: {Type: Some, Properties: {Is: !Ref Name, In: ['x-${Name}', !Sub 'y-${Name}']}}
                """))
        .isEqualTo(
            "{BucketA={\"Is\":\"A\",\"In\":[\"x-A\",\"y-A\"]},"
                + " BucketB={\"Is\":\"B\",\"In\":[\"x-B\",\"y-B\"]}}");
  }

  @Test
  void anAmpersandLeavesOutWhatALogicalIdCannotHave() {
    assertThat(
            resources(
                """
                Fn::ForEach::Loop:
                  - Ip
                  - [10.0.0.1, a-b_c]
                  - Host&{Ip}: {Type: Some, Properties: {Is: '${Ip}', Of: '&{Ip}'}}
                """))
        .isEqualTo(
            "{Host10001={\"Is\":\"10.0.0.1\",\"Of\":\"10001\"},"
                + " Hostabc={\"Is\":\"a-b_c\",\"Of\":\"abc\"}}");
  }

  @Test
  void aCollectionMayBeAParameterAndAKeyOfAMapTheItem() {
    assertThat(
            resources(
                """
                Fn::ForEach::Loop:
                  - Name
                  - !Ref Names
                  - R${Name}: {Type: Some, Properties: {Size: !FindInMap [Sizes, !Ref Name, Of]}}
                """))
        .isEqualTo("{Ra={\"Size\":\"1\"}, Rb={\"Size\":\"2\"}}");
  }

  @Test
  void whatAMapLacksIsItsDefaultOrNothing() {
    assertThat(
            resources(
                """
                R:
                  Type: Some
                  Properties:
                    Gone: !FindInMap [Sizes, c, Of, DefaultValue: !Ref AWS::NoValue]
                    Other: !FindInMap [Sizes, a, By, DefaultValue: 3]
                    There: !FindInMap [Sizes, a, Of, DefaultValue: 3]
                """))
        .isEqualTo("{R={\"Other\":3,\"There\":\"1\"}}");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> resources("R: {Type: Some, Properties: {Gone: !FindInMap [Sizes, c, Of]}}"))
        .withMessageContaining("nothing in the map");
  }

  @Test
  void loopsAreNestedAndTheInnerCollectionMayDependOnTheOuterItem() {
    assertThat(
            resources(
                """
                Fn::ForEach::Outer:
                  - Name
                  - !Ref Names
                  - Fn::ForEach::Inner:
                      - Part
                      - !FindInMap [Lists, !Ref Name, Of]
                      - R${Name}${Part}: {Type: Some, Properties: {Is: '${Name}/${Part}'}}
                """))
        .isEqualTo("{Rax={\"Is\":\"a/x\"}, Rby={\"Is\":\"b/y\"}, Rbz={\"Is\":\"b/z\"}}");
  }

  @Test
  void propertiesConditionsAndOutputsLoopToo() {
    var deployed =
        deployed(
            HEAD
                + """
                Conditions:
                  Fn::ForEach::Loop:
                    - Name
                    - [a, b]
                    - Is${Name}: !Equals [!Ref Name, a]
                Resources:
                  R:
                    Type: Some
                    Properties:
                      Fn::ForEach::Each: [Key, [k, l], {'${Key}': !If [Isa, !Ref Key, no]}]
                      Never: !If [Isb, wrong, !Ref AWS::NoValue]
                Outputs:
                  Fn::ForEach::Arns: [Key, [R], {'${Key}': {Value: {Ref: !Sub '${Key}'}}}]
                """);
    assertThat(deployed.resources("Some")).hasToString("{R={\"k\":\"k\",\"l\":\"l\"}}");
    assertThat(deployed.output("R")).isEqualTo("R.Ref");
  }

  @Test
  void whatCloudFormationRefusesIsRefused() {
    refused("Fn::ForEach::L: [N, [a], {R: {Type: Some}}]", "does not hold ${N}");
    refused("Fn::ForEach::L: [N, [a-b, ab], {'R&{N}': {Type: Some}}]", "Rab is there twice");
    refused("Fn::ForEach::L: [N, [a], {'R${N}': {Type: Some}}]\nRa: {Type: Some}", "Ra is there");
    refused("Fn::ForEach::L: [N, x, {'R${N}': {Type: Some}}]", "no list");
    refused("Fn::ForEach::L: [N, [a]]", "takes an identifier");
    refused("Fn::ForEach::L: [Names, [a], {'R${Names}': {Type: Some}}]", "is a parameter too");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> deployed("Resources:\n  Fn::ForEach::L: [N, [a], {'${N}': {}}]"))
        .withMessageContaining("needs the transform");
  }

  private void refused(String resources, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resources(resources))
        .withMessageContaining(why);
  }
}
