package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffLineTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', ''",
    "a, a, ' a'",
    "a, b, '-a+b'",
    "'', ab, '+a+b'",
    "ab, '', '-a-b'",
    "abcd, acd, ' a-b c d'",
    "acd, abcd, ' a+b c d'",
    "axc, ayc, ' a-x+y c'",
    "abcabba, cbabac, '-a-b c-a b+a b a+c'"
  })
  void whatBothHaveStays(String before, String after, String expected) {
    var diff = DiffLine.between(lines(before), lines(after));

    assertThat(diff)
        .extracting(line -> line.sign() + line.text())
        .isEqualTo(List.of(expected.isEmpty() ? new String[0] : expected.split("(?<=\\G..)")));
  }

  private static List<String> lines(String letters) {
    return letters.chars().mapToObj(Character::toString).toList();
  }
}
