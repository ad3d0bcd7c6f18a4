package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptionTagKeysTest {

  private static final List<String> MOST =
      IntStream.range(0, 40).mapToObj(i -> "k".repeat(126) + i).toList();

  @Test
  void encode_asManyKeysAsCanBeConfigured_fitsIntoATagOfIam() {
    assertThat(OptionTagKeys.encode(MOST)).hasSize(240).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  }

  @Test
  void encode_sameKeysInAnotherOrder_isTheSameRecord() {
    assertThat(OptionTagKeys.encode(List.of("b", "a")))
        .isEqualTo(OptionTagKeys.encode(List.of("a", "b")));
  }

  @Test
  void contains_keysOnRecordAndNoOthers() {
    var record = OptionTagKeys.encode(MOST);

    assertThat(MOST).allMatch(key -> OptionTagKeys.contains(record, key));
    assertThat(IntStream.range(0, 1000).mapToObj(i -> "other" + i))
        .noneMatch(key -> OptionTagKeys.contains(record, key));
  }

  @Test
  void contains_noRecord_holdsNothing() {
    assertThat(OptionTagKeys.contains(null, "owner")).isFalse();
    assertThat(OptionTagKeys.contains("", "owner")).isFalse();
  }
}
