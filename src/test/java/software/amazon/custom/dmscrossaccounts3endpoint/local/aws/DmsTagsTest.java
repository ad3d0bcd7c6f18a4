package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TagCharacters;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DmsTagsTest {
  private final DmsFixture f = new DmsFixture(options -> {});
  private final String arn = f.made("e").endpointArn();

  @AfterAll
  void close() {
    f.close();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void tagsAreAddedReplacedListedAndRemoved() {
    f.dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag("a", "1"), tag("b", "2")));
    f.dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag("a", "3")));
    f.dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("b", "unknown"));
    assertThat(f.dms.listTagsForResource(r -> r.resourceArn(arn)).tagList())
        .containsExactly(tag("a", "3"));
    f.dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("a"));
  }

  @Test
  void tagsOfManyResourcesComeInOneCallAndNameTheirResource() {
    var instance = f.aws.createReplicationInstance(DmsFixture.DMS, "rep");
    f.dms.addTagsToResource(r -> r.resourceArn(instance).tags(tag("of", "instance")));
    f.dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag("of", "endpoint")));
    assertThat(f.dms.listTagsForResource(r -> r.resourceArnList(arn, instance)).tagList())
        .containsExactly(
            Tag.builder().key("of").value("endpoint").resourceArn(arn).build(),
            Tag.builder().key("of").value("instance").resourceArn(instance).build());
    f.dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("of"));
    assertThat(
            Clients.code(() -> f.dms.listTagsForResource(r -> r.resourceArnList(arn, arn + "x"))))
        .isEqualTo("ResourceNotFoundFault");
    assertThat(Clients.code(() -> f.dms.listTagsForResource(r -> {})))
        .isEqualTo("InvalidParameterCombinationException");
  }

  @ParameterizedTest
  @CsvSource({"aws:x,v", "DMS:x,v", "k,aws:v", "k,a@b", "'k,',v", "k,x#", "'',v"})
  void tagsThatDmsForbidsAreRefused(String key, String value) {
    assertThat(
            Clients.code(
                () -> f.dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag(key, value)))))
        .isEqualTo("InvalidParameterValueException");
  }

  @ParameterizedTest
  @CsvSource({"k@,v,key k@", "k,a@b,value a@b", "'k,',v,'key k,'", "k,'a,b','value a,b'"})
  void add_characterThatIsNotDocumented_isRefusedByName(String key, String value, String named) {
    var refused =
        Clients.error(() -> f.dms.addTagsToResource(r -> r.resourceArn(arn).tags(tag(key, value))))
            .awsErrorDetails();
    assertThat(refused.errorCode()).isEqualTo("InvalidParameterValueException");
    assertThat(refused.errorMessage()).contains(named);
  }

  @Test
  void add_moreCharactersAreAllowed_areTaken() {
    try (var other =
        new DmsFixture(options -> options.tagCharacters(TagCharacters.WITH_AT_AND_COMMA))) {
      var endpoint = other.made("e").endpointArn();
      other.dms.addTagsToResource(r -> r.resourceArn(endpoint).tags(tag("k@,", "a@b,c")));
      assertThat(other.dms.listTagsForResource(r -> r.resourceArn(endpoint)).tagList())
          .containsExactly(tag("k@,", "a@b,c"));
      assertThat(
              Clients.code(
                  () ->
                      other.dms.addTagsToResource(
                          r -> r.resourceArn(endpoint).tags(tag("k", "a#b")))))
          .isEqualTo("InvalidParameterValueException");
    }
  }

  @Test
  void list_endpointThatIsGone_isNotFound() {
    var gone = f.made("gone").endpointArn();
    f.dms.deleteEndpoint(r -> r.endpointArn(gone));
    f.settle();
    assertThat(Clients.code(() -> f.dms.listTagsForResource(r -> r.resourceArn(gone))))
        .isEqualTo("ResourceNotFoundFault");
    assertThat(Clients.code(() -> f.dms.listTagsForResource(r -> r.resourceArnList(arn, gone))))
        .isEqualTo("ResourceNotFoundFault");
  }

  @Test
  void thereAreFiftyTagsAtMostAndValuesHave256Characters() {
    var tags = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList();
    assertThat(Clients.code(() -> f.dms.addTagsToResource(r -> r.resourceArn(arn).tags(tags))))
        .isEqualTo("InvalidParameterValueException");
    assertThat(
            Clients.code(
                () ->
                    f.dms.addTagsToResource(
                        r -> r.resourceArn(arn).tags(tag("k", "v".repeat(257))))))
        .isEqualTo("InvalidParameterValueException");
    assertThat(
            Clients.code(
                () ->
                    f.dms.addTagsToResource(
                        r -> r.resourceArn(arn).tags(tag("k", "1"), tag("k", "2")))))
        .isEqualTo("InvalidParameterValueException");
    f.dms.addTagsToResource(
        r -> r.resourceArn(arn).tags(tag("arn", "arn:aws:iam::222222222222:role/p/x")));
    f.dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("arn"));
  }
}
