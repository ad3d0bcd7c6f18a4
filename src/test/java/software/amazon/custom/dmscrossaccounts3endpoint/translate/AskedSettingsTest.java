package software.amazon.custom.dmscrossaccounts3endpoint.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.custom.dmscrossaccounts3endpoint.model.S3Settings;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

class AskedSettingsTest {

  private static final ConnectionAttributes NONE = ConnectionAttributes.parse(null);

  private static AskedSettings recorded(S3Settings settings, String attributes) {
    return AskedSettings.decode(
        AskedSettings.encode(settings, ConnectionAttributes.parse(attributes)));
  }

  @Test
  void whatWasAskedForIsKnownAgain() {
    var asked =
        recorded(
            new S3Settings().withBucketName("lake").withCdcPath("cdc").withMaxFileSize(7), null);

    assertThat(asked.isKnown()).isTrue();
    assertThat(asked.settings()).containsExactly("BucketName", "CdcPath", "MaxFileSize");
    assertThat(asked.has("BucketName", TextNode.valueOf("lake"))).isTrue();
    assertThat(asked.has("BucketName", TextNode.valueOf("pond"))).isFalse();
    assertThat(asked.has("MaxFileSize", IntNode.valueOf(7))).isTrue();
    assertThat(asked.has("BucketFolder", TextNode.valueOf("lake"))).isFalse();
    assertThat(asked.has(NONE)).isTrue();
    assertThat(asked.has(ConnectionAttributes.parse("a=b"))).isFalse();
  }

  @Test
  void attributesAreKnownAgainInAnyOrder() {
    var asked = recorded(new S3Settings().withBucketName("lake"), "a=1;B=2");

    assertThat(asked.settings()).containsExactly("BucketName");
    assertThat(asked.has(ConnectionAttributes.parse("B=2;a=1;"))).isTrue();
    assertThat(asked.has(ConnectionAttributes.parse("B=2;a=2;"))).isFalse();
    assertThat(asked.has(NONE)).isFalse();
  }

  @Test
  void whereNothingIsOnRecordNothingIsKnown() {
    assertThat(AskedSettings.decode(null).isKnown()).isFalse();
    assertThat(AskedSettings.decode("").isKnown()).isFalse();
    assertThat(AskedSettings.decode("made by hand").isKnown()).isFalse();
  }

  @Test
  void everySettingHasACodeOfItsOwn() {
    var names = new TreeSet<String>();
    names.add(AskedSettings.ATTRIBUTES);
    HandlerSchema.s3Settings().fieldNames().forEachRemaining(names::add);

    assertThat(AskedSettings.names().values()).containsExactlyInAnyOrderElementsOf(names);
  }
}
