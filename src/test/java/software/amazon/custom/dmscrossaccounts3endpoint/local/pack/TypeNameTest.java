package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme",
        "Acme::DMS",
        "Acme::DMS::Cross::Endpoint",
        "Acme::DMS::Cross-Account",
        "A::DMS::Endpoint",
        "Acme::DMS::",
        "Acme:DMS:Endpoint",
        "Acme::DMS::Endpoint\n",
        " Acme::DMS::Endpoint",
        "Acmé::DMS::Endpoint",
        "Acme::DMS::E23456789012345678901234567890123456789012345678901234567890123456",
        ""
      })
  void aMalformedNameIsRefusedInOneLine(String name) throws IOException {
    assertThatExceptionOfType(PackFailed.class)
        .isThrownBy(() -> new TypeName(name))
        .withMessageContaining("malformed");
    assertThat(rulesOfTheBuild().get(0).matcher(name).matches()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS::DMS::Thing",
        "aws::DMS::Thing",
        "Amazon::DMS::Thing",
        "AMZN::DMS::Thing",
        "Alexa::DMS::Thing",
        "Custom::DMS::Thing",
        "dEV::DMS::Thing",
        "Custom::DMS::X"
      })
  void aNamespaceOfTheRegistryIsReservedWhateverItsCase(String name) throws IOException {
    assertThat(TypeName.isReserved(name)).isTrue();
    // It is reserved, whatever else is wrong with it.
    assertThat(rulesOfTheBuild().get(0).matcher(name).matches()).isTrue();
    assertThat(rulesOfTheBuild().get(1).matcher(name).matches()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme::DMS::CrossAccountS3Endpoint",
        "Acme::AWS::Custom",
        "Awsome::DMS::Thing",
        "Devs::DMS::Thing",
        "MyAWS::DMS::Thing"
      })
  void anyOtherNameIsFree(String name) throws IOException {
    assertThat(new TypeName(name).isReserved()).isFalse();
    assertThat(rulesOfTheBuild()).allMatch(rule -> rule.matcher(name).matches());
  }

  @Test
  void theToolsSpellItInTheirOwnWays() {
    var name = new TypeName("Acme::DMS::CrossAccountS3Endpoint");

    assertThat(name.inFileNames()).isEqualTo("acme-dms-crossaccounts3endpoint");
    assertThat(name.inArns()).isEqualTo("Acme-DMS-CrossAccountS3Endpoint");
  }

  /** The build refuses a name before it begins; it must refuse the same ones. */
  private static List<Pattern> rulesOfTheBuild() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    var rules =
        Pattern.compile("<property>type\\.name</property>\\s*(?:<!--.*-->\\s*)?<regex>(.*)</regex>")
            .matcher(pom);
    return rules.results().map(rule -> Pattern.compile(rule.group(1))).toList();
  }
}
