package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;

class LocalAwsTest {
  private static final String ACCOUNT = "111111111111";

  @ParameterizedTest
  @CsvSource({"aws,eu-central-1", "aws-cn,cn-north-1", "aws-us-gov,us-gov-west-1"})
  void everyPartitionHasItsOwnArnsAndHomeRegion(String partition, String region) {
    try (var aws =
        LocalAws.builder().partition(partition).allowList(ACCOUNT, "222222222222").start()) {
      var clients = new Clients(aws, region);
      assertThat(aws.createReplicationInstance(ACCOUNT, "rep"))
          .startsWith("arn:" + partition + ":dms:" + region + ":" + ACCOUNT + ":rep:");
      assertThat(
              clients
                  .dms(aws.administrator(ACCOUNT))
                  .describeReplicationInstances()
                  .replicationInstances())
          .hasSize(1);
      assertThat(clients.sts(aws.administrator(ACCOUNT)).getCallerIdentity().arn())
          .startsWith("arn:" + partition + ":iam::");
      var foreign = partition.equals("aws") ? "aws-cn" : "aws";
      assertThat(
              Clients.code(
                  () ->
                      clients
                          .dms(aws.administrator(ACCOUNT))
                          .createEndpoint(
                              r ->
                                  r.endpointIdentifier("e")
                                      .endpointType("target")
                                      .engineName("s3")
                                      .s3Settings(
                                          s ->
                                              s.bucketName("b")
                                                  .serviceAccessRoleArn(
                                                      "arn:"
                                                          + foreign
                                                          + ":iam::222222222222:role/r")))))
          .isEqualTo("InvalidParameterValueException");
    }
  }

  @Test
  void callsFromManyThreadsAreAnsweredOneAfterAnother() throws Exception {
    try (var aws = LocalAws.builder().account(ACCOUNT).start()) {
      var iam = new Clients(aws).iam(aws.administrator(ACCOUNT));
      var threads = Executors.newFixedThreadPool(8);
      var futures =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              iam.createRole(
                                  r ->
                                      r.roleName("role-" + i)
                                          .assumeRolePolicyDocument(Documents.TRUSTS_DMS))))
              .toList();
      for (var future : futures) {
        future.get();
      }
      threads.shutdown();
      assertThat(aws.roles(ACCOUNT)).hasSize(40);
      assertThat(aws.calls()).hasSize(40);
    }
  }

  @Test
  void mistakesInTheSetUpAreNamed() {
    assertThatThrownBy(() -> LocalAws.builder().account("123"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LocalAws.builder().partition("mars"))
        .isInstanceOf(IllegalArgumentException.class);
    try (var aws = LocalAws.builder().account(ACCOUNT).start()) {
      assertThatThrownBy(() -> aws.administrator("999999999999"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> aws.roles("999999999999"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> aws.sessionOf("arn:aws:iam::" + ACCOUNT + ":role/none"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> aws.createReplicationTask(ACCOUNT, "t", "nonsense"))
          .isInstanceOf(IllegalArgumentException.class);
      var principal = "arn:aws:iam::" + ACCOUNT + ":root";
      aws.createAssumableRole(ACCOUNT, "r", principal, null);
      assertThatThrownBy(() -> aws.createAssumableRole(ACCOUNT, "R", principal, null))
          .isInstanceOf(IllegalArgumentException.class);
      var port = aws.endpoint().getPort();
      assertThatThrownBy(() -> LocalAws.builder().port(port).start())
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void virtualTimeMovesOnlyWhenItIsAdvanced() {
    var start = Instant.parse("2026-01-01T00:00:00Z");
    var clock = LocalClock.virtual(start);
    assertThat(clock.instant()).isEqualTo(start);
    clock.advance(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(start.plusSeconds(3600));
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LocalClock.system().advance(Duration.ofSeconds(1)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(LocalClock.system().instant()).isAfter(start);
    assertThat(clock.withZone(clock.getZone())).isSameAs(clock);
  }

  @Test
  void identifiersComeInTheSameOrderInEveryLocalAws() {
    try (var one = LocalAws.builder().account(ACCOUNT).start();
        var other = LocalAws.builder().account(ACCOUNT).start()) {
      assertThat(one.administrator(ACCOUNT)).isEqualTo(other.administrator(ACCOUNT));
      assertThat(one.createReplicationInstance(ACCOUNT, "a"))
          .isEqualTo(other.createReplicationInstance(ACCOUNT, "a"));
    }
  }
}
