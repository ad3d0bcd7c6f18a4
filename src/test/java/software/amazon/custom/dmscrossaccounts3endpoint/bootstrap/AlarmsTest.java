package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.WatchedType.Metric;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAwsBuilder;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Call;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.watch.PublishedMetric;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.SystemProperty;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.CloudFormation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Outcome;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;

/**
 * {@code bootstrap/alarms.yaml} against the metrics and log lines of the runtime and the type, and
 * against the calls that they and others make.
 */
class AlarmsTest {

  private static final String TYPE = "AWS::Custom::DmsCrossAccountS3Endpoint";
  private static final String NAMESPACE = "AWS/CloudFormation/AWS/Custom/DmsCrossAccountS3Endpoint";
  private static final String EXECUTION = "type-execution";
  private static final String PROVIDER = "lake-admin";
  private static final String ANY_ENDPOINT = "arn:*:dms:*:endpoint:*";
  private static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::(\\d+):assumed-role/([^/]+)/.*");

  /** The runtime's own clients take the Region from there, as from Lambda's AWS_REGION. */
  private final SystemProperty region = SystemProperty.set("aws.region", DeployedTemplate.REGION);

  private TwoAccounts accounts;

  @AfterEach
  void close() {
    if (accounts != null) {
      accounts.close();
    }
    region.close();
  }

  private CloudFormation start(UnaryOperator<LocalAwsBuilder> options) {
    accounts = TwoAccounts.start(options);
    return accounts.cloudFormation(
        b -> b.logging(accounts::callerCredentials, WatchedType.LOG_GROUP));
  }

  /** Every operation once, all of them with success. */
  private void live(CloudFormation cloudFormation, ObjectNode model) {
    var created = succeeded(cloudFormation.create(model));
    succeeded(cloudFormation.read(byArn(created)));
    cloudFormation.list();
    var changed = model.deepCopy();
    changed.putObject("S3Settings").put("BucketName", "example-data-lake").put("BucketFolder", "b");
    changed.put("EndpointArn", created.get("EndpointArn").asText());
    var updated = succeeded(cloudFormation.update(changed, model));
    succeeded(cloudFormation.delete(byArn(updated)));
    accounts.assertNothingLeft();
  }

  private List<PublishedMetric> metrics() {
    return accounts.aws().metrics(TwoAccounts.DMS);
  }

  private List<String> lines() {
    return accounts.aws().logEvents(TwoAccounts.DMS, WatchedType.LOG_GROUP);
  }

  private SortedSet<String> alarms(Map<String, String> parameters) {
    return WatchedType.with(parameters).alarmsOf(metrics(), lines());
  }

  /** IAM's propagation denies, and the first CreateEndpoint is denied, in a healthy life too. */
  @Test
  void healthyLife_publishesEveryMetricThatIsUsed_andRaisesNoAlarm() {
    live(start(b -> b), model());
    var watched = WatchedType.with(Map.of());

    var known = new HashSet<>(metrics().stream().map(Metric::of).toList());
    assertThat(known)
        .contains(
            new Metric(
                NAMESPACE,
                "HandlerInvocationCount",
                Map.of("Action", "CREATE", "ResourceType", TYPE)));
    known.addAll(watched.metricsOfFilters());
    assertThat(known)
        .containsAll(watched.metricsOfAlarms())
        .containsAll(watched.metricsOfDashboard());
    assertThat(watched.metricsOfAlarms()).containsAll(watched.metricsOfFilters());
    assertThat(watched.metricsOfDashboard()).containsAll(watched.metricsOfFilters()).hasSize(18);
    assertThat(lines()).anyMatch(line -> line.contains("AccessDenied"));
    assertThat(alarms(Map.of("ThrottledCalls", "1", "Failures", "1"))).isEmpty();
  }

  /** An alarm on HandlerException would stay silent: the type answers, it does not throw. */
  @ParameterizedTest
  @CsvSource({"sts, AssumeRole", "iam, CreateRole"})
  void deniedCreate_raisesAccessDeniedAndFailures(String service, String operation) {
    var cloudFormation = start(b -> b);
    accounts.aws().faults().onOperation(service, operation, Fault.denied());
    failed(cloudFormation.create(model()), HandlerErrorCode.AccessDenied);

    assertThat(alarms(Map.of())).containsExactly("access-denied", "failures");
    assertThat(metrics()).extracting(PublishedMetric::name).doesNotContain("HandlerException");
  }

  @Test
  void listThatLeavesAnAccountOut_raisesAccessDenied() {
    start(b -> b);
    var configuration =
        TwoAccounts.json(
            """
            {'Environments': [{'Name': 'gone', 'DataLakeRoleArn': 'arn:aws:iam::444455556666:role/lake-admin',
             'DmsRoleArn': 'arn:aws:iam::222233334444:role/gone'}]}
            """);
    var pages =
        accounts
            .cloudFormation(
                b ->
                    b.logging(accounts::callerCredentials, WatchedType.LOG_GROUP)
                        .typeConfiguration(configuration))
            .list();

    assertThat(pages).allMatch(Outcome::succeeded);
    assertThat(alarms(Map.of())).containsExactly("access-denied");
  }

  @Test
  void roleThatTrustsDmsWithoutConditions_raisesOpenTrust() {
    succeeded(start(b -> b.sourceKeys(false)).create(model()));
    assertThat(alarms(Map.of())).containsExactly("open-trust");
  }

  @Test
  void throttledCalls_raiseThrottled() {
    var cloudFormation = start(b -> b);
    accounts.aws().faults().onOperation("iam", "CreateRole", Fault.throttled(30));
    succeeded(cloudFormation.create(model()));

    assertThat(alarms(Map.of("ThrottledCalls", "5"))).containsExactly("throttled");
    assertThat(alarms(Map.of("ThrottledCalls", "50"))).isEmpty();
    var one = WatchedType.with(Map.of("ThrottledCalls", "1"));
    for (var code : "ThrottlingException Throttling RequestLimitExceeded SlowDown".split(" ")) {
      var line = "{\"kind\":\"call\",\"call\":\"iam:GetRole\",\"error\":\"" + code + "\"}";
      assertThat(one.alarmsOf(List.of(), List.of(line))).containsExactly("throttled");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HandlerInvocationDuration, UPDATE, ResourceType, " + TYPE + ", 44000, ''",
    "HandlerInvocationDuration, UPDATE, ResourceType, " + TYPE + ", 46000, slow",
    "HandlerInvocationDuration, LIST, ResourceType, " + TYPE + ", 19000, ''",
    "HandlerInvocationDuration, LIST, ResourceType, " + TYPE + ", 21000, slow-read",
    "HandlerExceptionByErrorCode, READ, HandlerErrorCode, NotFound, 1, ''",
    "HandlerExceptionByErrorCode, READ, HandlerErrorCode, InternalFailure, 1, internal-failures"
  })
  void metric_raisesItsAlarm(
      String name, String action, String dimension, String of, double value, String alarm) {
    var metric =
        new PublishedMetric(NAMESPACE, name, Map.of("Action", action, dimension, of), value);
    assertThat(String.join(",", WatchedType.with(Map.of()).alarmsOf(List.of(metric), List.of())))
        .isEqualTo(alarm);
  }

  @Test
  void dashboard_queries_nameFieldsOfTheLog() {
    var cloudFormation = start(b -> b);
    accounts.aws().faults().onOperation("iam", "CreateRole", Fault.refused());
    live(cloudFormation, model());
    var known = new TreeSet<String>();
    for (var line : lines()) {
      if (line.startsWith("{")) {
        Json.object(line).fieldNames().forEachRemaining(known::add);
      }
    }
    // Words of the query language, and names that a query gives.
    var language = "filter fields stats sort limit by as and desc count max avg ispresent";
    known.addAll(List.of((language + " times longest mean").split(" ")));
    var queries = WatchedType.with(Map.of()).dashboard().findValuesAsText("query");
    assertThat(queries).hasSize(3);
    for (var query : queries) {
      assertThat(query).startsWith("SOURCE '" + WatchedType.LOG_GROUP + "' | ");
      var words = query.substring(query.indexOf('|')).replaceAll("\"[^\"]*\"|[^A-Za-z]", " ");
      assertThat(words.strip().split(" +")).isSubsetOf(known);
    }
  }

  /**
   * A call as CloudTrail records it, in the event that EventBridge passes on. The session of a role
   * names the role that issued it (CloudTrail user guide, userIdentity element).
   */
  private static ObjectNode event(String action, String principal, JsonNode parameters) {
    var service = action.split(":")[0];
    var event =
        Json.object()
            .put("source", "aws." + service)
            .put("detail-type", "AWS API Call via CloudTrail");
    var detail =
        event
            .putObject("detail")
            .put("eventSource", service + ".amazonaws.com")
            .put("eventName", action.split(":")[1]);
    detail.set("requestParameters", parameters);
    var identity = detail.putObject("userIdentity").put("type", "IAMUser").put("arn", principal);
    var session = SESSION.matcher(principal);
    if (session.matches()) {
      identity
          .put("type", "AssumedRole")
          .putObject("sessionContext")
          .putObject("sessionIssuer")
          .put("arn", "arn:aws:iam::%s:role/%s".formatted(session.group(1), session.group(2)));
    }
    return event;
  }

  private static ObjectNode event(String action, String principal, String parameter, String value) {
    return event(action, principal, Json.object().put(parameter, value));
  }

  private List<String> told(EventPattern rule) {
    return accounts.aws().calls().stream()
        .filter(call -> call.principal() != null && call.succeeded())
        .filter(
            call -> {
              var parameters = Json.object();
              for (var given : call.parameters().properties()) {
                var name = given.getKey();
                parameters.set(
                    Character.toLowerCase(name.charAt(0)) + name.substring(1), given.getValue());
              }
              return rule.matches(event(call.action(), call.principal(), parameters));
            })
        .map(Call::action)
        .toList();
  }

  private static JsonNode deployed(String account, String name, Map<String, String> parameters) {
    var all = new TreeMap<>(parameters);
    all.put("ProviderRoleName", account.equals(TwoAccounts.DMS) ? "dms-admin" : PROVIDER);
    all.put("ExecutionRoleName", EXECUTION);
    return WatchedType.deployed(account, all).resources("AWS::Events::Rule").get(name);
  }

  private static EventPattern rule(String account, String name, String... parameters) {
    var given = new TreeMap<String, String>();
    for (var i = 0; i < parameters.length; i += 2) {
      given.put(parameters[i], parameters[i + 1]);
    }
    return new EventPattern(deployed(account, name, given).get("EventPattern"));
  }

  private static EventPattern endpointByHand(String endpoints) {
    return rule(TwoAccounts.DMS, "EndpointByHand", "EndpointArnPattern", endpoints);
  }

  private static EventPattern roleByHand(String roles) {
    return rule(
        TwoAccounts.LAKE, "RoleByHand", "Watch", "data-lake", "EndpointRoleNamePattern", roles);
  }

  private static EventPattern typeRoleByHand() {
    return rule(TwoAccounts.LAKE, "TypeRoleByHand", "Watch", "roles");
  }

  @Test
  void rules_callsOfTheType_areNotTold() {
    var cloudFormation = start(b -> b);
    live(cloudFormation, model());
    live(cloudFormation, model().put("DmsRoleArn", TwoAccounts.DMS_ROLE));

    assertThat(accounts.calls())
        .contains("dms:DeleteEndpoint", "iam:UpdateAssumeRolePolicy", "iam:DeletePolicy");
    assertThat(told(endpointByHand(ANY_ENDPOINT))).isEmpty();
    assertThat(told(roleByHand("*"))).isEmpty();
    assertThat(told(typeRoleByHand())).isEmpty();
  }

  @Test
  void byHand_endpointRoleOrPolicyChanged_isTold() {
    var created = succeeded(start(b -> b).create(model()));
    var arn = created.get("EndpointArn").asText();
    var role = created.get("RoleName").asText();
    var policy = created.get("PolicyArn").asText();
    try (var dms = accounts.dmsByHand();
        var iam = accounts.iamByHand()) {
      dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("team"));
      dms.deleteEndpoint(r -> r.endpointArn(arn));
      iam.updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(TwoAccounts.TRUST_IN_DMS));
      iam.createPolicyVersion(
          r -> r.policyArn(policy).policyDocument(TwoAccounts.ANYTHING).setAsDefault(true));
      iam.createRole(r -> r.roleName("other").assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS));
      iam.deleteRole(r -> r.roleName("other"));
    }

    assertThat(told(endpointByHand(ANY_ENDPOINT)))
        .containsExactly("dms:RemoveTagsFromResource", "dms:DeleteEndpoint");
    assertThat(told(endpointByHand("arn:*:dms:*:endpoint:other-*"))).isEmpty();
    assertThat(told(roleByHand(role.substring(0, 5) + "*")))
        .containsExactly("iam:UpdateAssumeRolePolicy", "iam:CreatePolicyVersion");
    assertThat(told(roleByHand("*"))).contains("iam:DeleteRole");
  }

  /** Each of these callers has chosen the text of its own ARN, to look like a session of ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::444455556666:user/x:assumed-role/lake-admin/cfn-update-sales-lake",
        "arn:aws:iam::444455556666:user/x:assumed-role/dms-admin/cfn-update-sales-lake",
        "arn:aws:iam::444455556666:user/x:assumed-role/type-execution/jane",
        "arn:aws:sts::444455556666:assumed-role/another/cfn-update-sales-lake",
        "arn:aws:sts::999900001111:assumed-role/lake-admin/cfn-update-sales-lake",
        "arn:aws:sts::444455556666:federated-user/cfn-update-sales-lake"
      })
  void byHand_callerNamedLikeASessionOfTheType_isTold(String caller) {
    var change = event("iam:UpdateAssumeRolePolicy", caller, "roleName", "sales-lake");
    assertThat(roleByHand("*").matches(change)).isTrue();
    var arn = "arn:aws:dms:eu-central-1:111122223333:endpoint:SALES";
    assertThat(
            endpointByHand(ANY_ENDPOINT)
                .matches(event("dms:DeleteEndpoint", caller, "endpointArn", arn)))
        .isTrue();
  }

  @Test
  void byHand_roleOfTheTypeAtAPath_isNotTold() {
    var session = "arn:aws:sts::444455556666:assumed-role/lake-admin/x";
    var change = event("iam:UpdateAssumeRolePolicy", session, "roleName", "sales-lake");
    ((ObjectNode) change.at("/detail/userIdentity/sessionContext/sessionIssuer"))
        .put("arn", "arn:aws:iam::444455556666:role/platform/lake-admin");
    assertThat(roleByHand("*").matches(change)).isFalse();
  }

  /** The name of a session is free, so who has the execution role is told when it is assumed. */
  @ParameterizedTest
  @CsvSource({
    "type-execution, IAMUser, true",
    "type, IAMUser, false",
    "type-execution, AWSService, false"
  })
  void executionRoleByHand_assumedByAnybodyButAService_isTold(
      String role, String type, boolean isTold) {
    var user = "arn:aws:iam::111122223333:user/cfn-update-sales-lake";
    var arn = "arn:aws:iam::111122223333:role/" + role;
    var event = event("sts:AssumeRole", user, "roleArn", arn);
    ((ObjectNode) event.at("/detail/userIdentity")).put("type", type);
    assertThat(rule(TwoAccounts.DMS, "ExecutionRoleByHand").matches(event)).isEqualTo(isTold);
    // AssumeRole counts as a read, which rules do not get by default.
    assertThat(deployed(TwoAccounts.DMS, "ExecutionRoleByHand", Map.of()).get("State").asText())
        .isEqualTo("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  }

  /** A principal that changes one of these gets the type's rights, or more; the type never does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          roleName  | UpdateAssumeRolePolicy AttachRolePolicy DetachRolePolicy PutRolePolicy DeleteRolePolicy
          roleName  | CreateRole UpdateRole DeleteRole PutRolePermissionsBoundary DeleteRolePermissionsBoundary
          policyArn | CreatePolicyVersion SetDefaultPolicyVersion DeletePolicyVersion DeletePolicy
          """)
  void typeRoleByHand_roleOrBoundaryChangedByAnybody_isTold(String parameter, String operations) {
    var provider = "arn:aws:sts::444455556666:assumed-role/lake-admin/cfn-update-sales-lake";
    var policies = "arn:aws:iam::444455556666:policy/dms-cross-account-s3-endpoint";
    var watched =
        parameter.equals("roleName")
            ? List.of(EXECUTION, "dms-s3-endpoint-type-logging", PROVIDER)
            : List.of(policies + "-boundary/dms-s3-endpoint-boundary");
    var other = parameter.equals("roleName") ? "sales-lake" : policies + "/sales-lake";
    for (var operation : operations.split(" ")) {
      for (var value : watched) {
        var event = event("iam:" + operation, provider, parameter, value);
        assertThat(typeRoleByHand().matches(event)).as(operation + " " + value).isTrue();
        ((ObjectNode) event.get("detail")).put("errorCode", "AccessDenied");
        assertThat(typeRoleByHand().matches(event)).isFalse();
      }
      var event = event("iam:" + operation, provider, parameter, other);
      assertThat(typeRoleByHand().matches(event)).isFalse();
    }
  }

  /** The event is that of the CloudFormation user guide, Drift Detection Status Change. */
  @ParameterizedTest
  @CsvSource({"DRIFTED, true", "IN_SYNC, false"})
  void driftedStack_isTold(String status, boolean isTold) {
    var event =
        """
        {"source": "aws.cloudformation", "detail-type": "CloudFormation Drift Detection Status Change",
         "detail": {
          "stack-id": "arn:aws:cloudformation:eu-central-1:111122223333:stack/lake/1",
          "status-details": {"stack-drift-status": "%s", "detection-status": "DETECTION_COMPLETE"},
          "drift-detection-details": {"drifted-stack-resource-count": 1}}}
        """;
    assertThat(rule(TwoAccounts.DMS, "DriftedStack").matches(Json.object(event.formatted(status))))
        .isEqualTo(isTold);
  }

  @Test
  void topic_isMadeUnlessThereIsOne() {
    var topic = "arn:aws:sns:eu-central-1:111122223333:operations";
    var own = WatchedType.deployed(TwoAccounts.DMS, Map.of("TopicArn", topic));
    assertThat(own.resources("AWS::SNS::Topic")).isEmpty();
    assertThat(own.resources("AWS::CloudWatch::Alarm").values())
        .allMatch(alarm -> alarm.at("/AlarmActions/0").asText().equals(topic));
    var made = WatchedType.deployed(TwoAccounts.DMS, Map.of("Email", "team@example.com"));
    assertThat(
            made.resources("AWS::SNS::Topic").get("Topic").at("/Subscription/0/Endpoint").asText())
        .isEqualTo("team@example.com");
    var statements =
        made.resources("AWS::SNS::TopicPolicy").get("TopicPolicy").at("/PolicyDocument/Statement");
    assertThat(statements.findValuesAsText("Service"))
        .containsExactly("cloudwatch.amazonaws.com", "events.amazonaws.com");
    // EventBridge gives no keys of conditions to SNS.
    assertThat(statements.get(1).has("Condition")).isFalse();
    var both = Map.of("TopicArn", topic, "Email", "team@example.com");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchedType.deployed(TwoAccounts.DMS, both))
        .withMessageContaining("subscriptions of its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data-lake|RoleByHand TypeRoleByHand",
        "roles|TypeRoleByHand",
        "type|EndpointByHand ExecutionRoleByHand DriftedStack"
      })
  void watch_decidesWhichRulesThereAre(String watch, String rules) {
    var deployed = WatchedType.deployed(TwoAccounts.LAKE, Map.of("Watch", watch));
    assertThat(String.join(" ", deployed.resources("AWS::Events::Rule").keySet())).isEqualTo(rules);
    assertThat(deployed.resources("AWS::CloudWatch::Alarm").isEmpty())
        .isEqualTo(!watch.equals("type"));
  }
}
