package software.amazon.custom.dmscrossaccounts3endpoint.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionAttributesTest {

  @Test
  void get_nameInAnotherCase_returnsTheValue() {
    var attributes = ConnectionAttributes.parse("CdcPath=a; MAXERRORS = 7 ;;flag");
    assertThat(attributes.get("cdcpath")).contains("a");
    assertThat(attributes.get("maxErrors")).contains("7");
    assertThat(attributes.get("flag")).isEmpty();
    assertThat(attributes.asMap()).containsKey("flag");
  }

  @Test
  void parse_valueWithEqualsSign_keepsIt() {
    assertThat(ConnectionAttributes.parse("a=b=c").get("a")).contains("b=c");
  }

  @Test
  void asText_noAttributes_isNull() {
    assertThat(ConnectionAttributes.parse(null).asText()).isNull();
    assertThat(ConnectionAttributes.parse(" ; ").asText()).isNull();
  }

  @Test
  void and_sameName_replacesTheValue() {
    var both = ConnectionAttributes.parse("a=1;b=2").and(Map.of("B", "3"));
    assertThat(both.asText()).isEqualTo("a=1;b=3;");
  }
}
