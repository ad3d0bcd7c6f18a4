package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;

/** Endpoints in two accounts in virtual time, recorded. */
final class RecordedLives implements AutoCloseable {
  static final RunFacts FACTS =
      new RunFacts(
          "One endpoint",
          "AWS::Custom::DmsCrossAccountS3Endpoint",
          Map.of("Region", "eu-central-1"),
          Map.of(TwoAccounts.DMS, "DMS account", TwoAccounts.LAKE, "data-lake account"));

  final TwoAccounts world = TwoAccounts.start();
  final RunRecorder recorder = new RunRecorder(world.clock()::instant);

  RecordedLives() {
    world.aws().observe(recorder::called);
  }

  /** CloudFormation for one more endpoint. */
  CloudFormation endpoint(String name) {
    var subject = new EndpointOfRun(name, "", Set.of(TwoAccounts.DMS, TwoAccounts.LAKE));
    return world.cloudFormation(builder -> builder.listener(recorder.endpoint(subject)));
  }

  /** A model of an endpoint of that name. */
  static ObjectNode model(String name) {
    return TwoAccounts.model().put("EndpointIdentifier", name);
  }

  /** Creates and deletes an endpoint. */
  Outcome live(String name) {
    var cloudFormation = endpoint(name);
    var created = cloudFormation.create(model(name));
    cloudFormation.delete(created.model().orElseThrow());
    return created;
  }

  List<Call> calls() {
    return world.aws().calls();
  }

  RunReport report() {
    return recorder.report(FACTS, Optional.empty(), List.of());
  }

  @Override
  public void close() {
    world.close();
  }
}
