package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.failed;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.Outcomes.succeeded;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.byArn;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
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
 * {@code bootstrap/alarms.yaml} against what the runtime and the type really send to CloudWatch and
 * its logs, and against the calls that they and others make.
 */
class AlarmsTest {

  private static final String NAMESPACE = "AWS/CloudFormation/AWS/Custom/DmsCrossAccountS3Endpoint";
  private static final String PROVIDER = "lake-admin";
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
  private static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::(\\d+):assumed-role/([^/]+)/.*");

  /** The runtime's own clients take the Region from there, as from Lambda's AWS_REGION. */
  private final SystemProperty region = SystemProperty.set("aws.region", DeployedTemplate.REGION);

  private final List<AutoCloseable> opened = new ArrayList<>(List.of(region));
  private TwoAccounts accounts;

  @AfterEach
  void close() throws Exception {
    for (var one : opened) {
      one.close();
    }
  }

  private void start(UnaryOperator<LocalAwsBuilder> options) {
    accounts = TwoAccounts.start(options);
    opened.add(0, accounts);
  }

  private CloudFormation cloudFormation() {
    return accounts.cloudFormation(
        b -> b.logging(accounts::callerCredentials, WatchedType.LOG_GROUP));
  }

  /** Every operation once, all of them with success. */
  private void healthyLife(ObjectNode model) {
    var cloudFormation = cloudFormation();
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

  @Test
  void alarmsAndDashboardShowMetricsThatAreThere() {
    start(b -> b);
    healthyLife(model());
    var watched = WatchedType.with(Map.of());

    var published = metrics().stream().map(Metric::of).toList();
    assertThat(published)
        .contains(
            new Metric(
                NAMESPACE,
                "HandlerInvocationCount",
                Map.of(
                    "Action", "CREATE", "ResourceType", "AWS::Custom::DmsCrossAccountS3Endpoint")));
    var known = new HashSet<>(published);
    known.addAll(watched.metricsOfFilters());
    assertThat(known)
        .containsAll(watched.metricsOfAlarms())
        .containsAll(watched.metricsOfDashboard());
    assertThat(watched.metricsOfAlarms()).containsAll(watched.metricsOfFilters());
    assertThat(watched.metricsOfDashboard()).containsAll(watched.metricsOfFilters()).hasSize(18);
  }

  /** IAM's propagation denies, and the first CreateEndpoint is denied, in a healthy life too. */
  @Test
  void nothingIsToldOfAHealthyLife() {
    start(b -> b);
    healthyLife(model());

    assertThat(lines()).anyMatch(line -> line.contains("AccessDenied"));
    assertThat(alarms(Map.of("ThrottledCalls", "1", "Failures", "1"))).isEmpty();
  }

  @Test
  void whatTheTypeIsDeniedIsTold() {
    start(b -> b);
    accounts.aws().faults().onOperation("sts", "AssumeRole", Fault.denied());
    failed(cloudFormation().create(model()), HandlerErrorCode.AccessDenied);

    assertThat(alarms(Map.of())).containsExactly("access-denied", "failures");
  }

  @Test
  void anAccountThatAListLeavesOutIsTold() {
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
  void aRoleThatTrustsDmsWithoutConditionsIsTold() {
    start(b -> b.sourceKeys(false));
    succeeded(cloudFormation().create(model()));

    assertThat(alarms(Map.of())).containsExactly("open-trust");
  }

  @Test
  void throttlingIsTold() {
    start(b -> b);
    accounts.aws().faults().onOperation("iam", "CreateRole", Fault.throttled(30));
    succeeded(cloudFormation().create(model()));

    assertThat(alarms(Map.of("ThrottledCalls", "5"))).containsExactly("throttled");
    assertThat(alarms(Map.of("ThrottledCalls", "50"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingException", "Throttling", "RequestLimitExceeded", "SlowDown"})
  void throttlingHasManyNames(String code) {
    var line = "{\"kind\":\"call\",\"call\":\"iam:GetRole\",\"error\":\"" + code + "\"}";
    assertThat(WatchedType.with(Map.of("ThrottledCalls", "1")).alarmsOf(List.of(), List.of(line)))
        .containsExactly("throttled");
  }

  @Test
  void whatIsSlowAndWhatIsNoAnswerIsTold() {
    var watched = WatchedType.with(Map.of());
    var type = Map.of("Action", "UPDATE", "ResourceType", "AWS::Custom::DmsCrossAccountS3Endpoint");
    var reading =
        Map.of("Action", "LIST", "ResourceType", "AWS::Custom::DmsCrossAccountS3Endpoint");
    assertThat(
            watched.alarmsOf(List.of(duration(type, 44_000), duration(reading, 19_000)), List.of()))
        .isEmpty();
    assertThat(watched.alarmsOf(List.of(duration(type, 46_000)), List.of()))
        .containsExactly("slow");
    assertThat(watched.alarmsOf(List.of(duration(reading, 21_000)), List.of()))
        .containsExactly("slow-read");
    assertThat(
            watched.alarmsOf(
                List.of(
                    new PublishedMetric(
                        NAMESPACE,
                        "HandlerExceptionByErrorCode",
                        Map.of("Action", "READ", "HandlerErrorCode", "InternalFailure"),
                        1)),
                List.of()))
        .containsExactly("internal-failures");
  }

  private static PublishedMetric duration(Map<String, String> dimensions, double value) {
    return new PublishedMetric(NAMESPACE, "HandlerInvocationDuration", dimensions, value);
  }

  /** An alarm on HandlerException would never be heard: the type answers, it does not throw. */
  @Test
  void aFailedOperationIsNoExceptionToTheRuntime() {
    start(b -> b);
    accounts.aws().faults().onOperation("iam", "CreateRole", Fault.denied());
    failed(cloudFormation().create(model()), HandlerErrorCode.AccessDenied);

    assertThat(metrics()).extracting(PublishedMetric::name).doesNotContain("HandlerException");
    assertThat(alarms(Map.of())).contains("failures");
  }

  @Test
  void queriesOfTheDashboardNameFieldsOfTheLog() {
    start(b -> b);
    accounts.aws().faults().onOperation("iam", "CreateRole", Fault.refused());
    healthyLife(model());
    var fields = new TreeSet<String>();
    for (var line : lines()) {
      if (line.startsWith("{")) {
        Json.object(line).fieldNames().forEachRemaining(fields::add);
      }
    }
    // Words of the query language, and names that a query gives.
    var language = "filter fields stats sort limit by as and desc count max avg ispresent";
    fields.addAll(List.of((language + " times longest mean").split(" ")));
    var queries = WatchedType.with(Map.of()).dashboard().findValuesAsText("query");
    assertThat(queries).hasSize(3);
    for (var query : queries) {
      assertThat(query).startsWith("SOURCE '" + WatchedType.LOG_GROUP + "' | ");
      var own = query.substring(query.indexOf('|')).replaceAll("\"[^\"]*\"", "");
      assertThat(WORD.matcher(own).results().map(found -> found.group()).toList())
          .isSubsetOf(fields);
    }
  }

  /** A call as CloudTrail records it, in the event that EventBridge passes on. */
  private static JsonNode event(Call call) {
    var event = event(call.service(), call.operation(), call.principal());
    var detail = (ObjectNode) event.get("detail");
    if (!call.succeeded()) {
      detail.put("errorCode", call.error());
    }
    var parameters = detail.putObject("requestParameters");
    call.parameters()
        .properties()
        .forEach(
            p ->
                parameters.set(
                    Character.toLowerCase(p.getKey().charAt(0)) + p.getKey().substring(1),
                    p.getValue()));
    return event;
  }

  /** The session of a role names the role that issued it (CloudTrail, userIdentity element). */
  private static ObjectNode event(String service, String operation, String principal) {
    var event =
        Json.object()
            .put("source", "aws." + service)
            .put("detail-type", "AWS API Call via CloudTrail");
    var identity =
        event
            .putObject("detail")
            .put("eventSource", service + ".amazonaws.com")
            .put("eventName", operation)
            .putObject("userIdentity")
            .put("type", "IAMUser")
            .put("arn", principal);
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

  private static ObjectNode event(
      String service, String operation, String principal, String parameter, String value) {
    var event = event(service, operation, principal);
    ((ObjectNode) event.get("detail")).putObject("requestParameters").put(parameter, value);
    return event;
  }

  private static EventPattern rule(String account, String name, Map<String, String> parameters) {
    var all = new TreeMap<>(parameters);
    all.putIfAbsent("ProviderRoleName", account.equals(TwoAccounts.DMS) ? "dms-admin" : PROVIDER);
    all.putIfAbsent("ExecutionRoleName", "type-execution");
    return new EventPattern(
        WatchedType.deployed(account, all)
            .resources("AWS::Events::Rule")
            .get(name)
            .get("EventPattern"));
  }

  private List<String> told(EventPattern rule) {
    return accounts.aws().calls().stream()
        .filter(call -> call.principal() != null && rule.matches(event(call)))
        .map(Call::action)
        .toList();
  }

  private static EventPattern endpointByHand(String endpoints) {
    return rule(TwoAccounts.DMS, "EndpointByHand", Map.of("EndpointArnPattern", endpoints));
  }

  private static EventPattern roleByHand(String roles) {
    return rule(
        TwoAccounts.LAKE,
        "RoleByHand",
        Map.of("Watch", "data-lake", "EndpointRoleNamePattern", roles));
  }

  private static EventPattern typeRoleByHand(String account) {
    return rule(account, "TypeRoleByHand", Map.of("Watch", "roles"));
  }

  @Test
  void rules_callsOfTheType_tellNothing() {
    start(b -> b);
    healthyLife(model());
    healthyLife(model().put("DmsRoleArn", TwoAccounts.DMS_ROLE));

    assertThat(accounts.calls())
        .contains("dms:DeleteEndpoint", "iam:UpdateAssumeRolePolicy", "iam:DeletePolicy");
    assertThat(told(endpointByHand("arn:*:dms:*:endpoint:*"))).isEmpty();
    assertThat(told(roleByHand("*"))).isEmpty();
    assertThat(told(typeRoleByHand(TwoAccounts.LAKE))).isEmpty();
  }

  @Test
  void endpointByHand_deletedOrUntagged_tells() {
    start(b -> b);
    var arn = succeeded(cloudFormation().create(model())).get("EndpointArn").asText();
    try (var dms = accounts.dmsByHand()) {
      dms.removeTagsFromResource(r -> r.resourceArn(arn).tagKeys("team"));
      dms.deleteEndpoint(r -> r.endpointArn(arn));
    }

    assertThat(told(endpointByHand("arn:*:dms:*:endpoint:*")))
        .containsExactly("dms:RemoveTagsFromResource", "dms:DeleteEndpoint");
    assertThat(told(endpointByHand("arn:*:dms:*:endpoint:other-*"))).isEmpty();
  }

  @Test
  void roleByHand_roleOrPolicyOfAnEndpointChanged_tells() {
    start(b -> b);
    var created = succeeded(cloudFormation().create(model()));
    var role = created.get("RoleName").asText();
    var policy = created.get("PolicyArn").asText();
    try (var iam = accounts.iamByHand()) {
      iam.updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(TwoAccounts.TRUST_IN_DMS));
      iam.createPolicyVersion(
          r -> r.policyArn(policy).policyDocument(TwoAccounts.ANYTHING).setAsDefault(true));
      iam.createRole(r -> r.roleName("other").assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS));
      iam.deleteRole(r -> r.roleName("other"));
    }

    assertThat(told(roleByHand(role.substring(0, 5) + "*")))
        .containsExactly("iam:UpdateAssumeRolePolicy", "iam:CreatePolicyVersion");
    assertThat(told(roleByHand("*"))).contains("iam:DeleteRole");
  }

  /** Each of these callers has chosen the text of its own ARN, to look like a session of ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::444455556666:user/x:assumed-role/lake-admin/cfn-update-sales-lake",
        "arn:aws:sts::444455556666:assumed-role/another/cfn-update-sales-lake",
        "arn:aws:sts::999900001111:assumed-role/lake-admin/cfn-update-sales-lake",
        "arn:aws:sts::444455556666:federated-user/cfn-update-sales-lake"
      })
  void roleByHand_callerNamedLikeASessionOfTheType_tells(String caller) {
    assertThat(roleByHand("*").matches(trustChange(caller, "sales-lake-0123abcd"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/x:assumed-role/type-execution/jane",
        "arn:aws:iam::111122223333:user/x:assumed-role/dms-admin/cfn-delete-sales-lake",
        "arn:aws:sts::111122223333:assumed-role/another/cfn-delete-sales-lake"
      })
  void endpointByHand_callerNamedLikeASessionOfTheType_tells(String caller) {
    var arn = "arn:aws:dms:eu-central-1:111122223333:endpoint:SALES";
    var event = event("dms", "DeleteEndpoint", caller, "endpointArn", arn);
    assertThat(endpointByHand("arn:*:dms:*:endpoint:*").matches(event)).isTrue();
  }

  @Test
  void byHand_sessionOfTheTypesRoleAtAPath_tellsNothing() {
    var event = trustChange("arn:aws:sts::444455556666:assumed-role/lake-admin/x", "sales-lake");
    assertThat(roleByHand("*").matches(event)).isFalse();
    ((ObjectNode) event.at("/detail/userIdentity/sessionContext/sessionIssuer"))
        .put("arn", "arn:aws:iam::444455556666:role/platform/lake-admin");
    assertThat(roleByHand("*").matches(event)).isFalse();
  }

  private static ObjectNode trustChange(String caller, String role) {
    return event("iam", "UpdateAssumeRolePolicy", caller, "roleName", role);
  }

  /** A session's name is free, so a session of the execution role that is not CloudFormation's. */
  @Test
  void executionRoleByHand_assumedByAnybodyButCloudFormation_tells() {
    var rule = rule(TwoAccounts.DMS, "ExecutionRoleByHand", Map.of());
    var role = "arn:aws:iam::111122223333:role/type-execution";
    var doctor = "arn:aws:sts::111122223333:assumed-role/doctor/cfn-update-sales-lake";
    var event = event("sts", "AssumeRole", doctor, "roleArn", role);
    assertThat(rule.matches(event)).isTrue();
    ((ObjectNode) event.at("/detail/requestParameters")).put("roleArn", role + "-of-another-type");
    assertThat(rule.matches(event)).isFalse();
    ((ObjectNode) event.at("/detail/requestParameters")).put("roleArn", role);
    ((ObjectNode) event.at("/detail/userIdentity")).put("type", "AWSService");
    assertThat(rule.matches(event)).isFalse();
    // AssumeRole counts as a read.
    assertThat(
            WatchedType.deployed(TwoAccounts.DMS, Map.of())
                .resources("AWS::Events::Rule")
                .get("ExecutionRoleByHand")
                .get("State")
                .asText())
        .isEqualTo("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  }

  /** Whoever changes one of them becomes the type, or more; the type itself never does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UpdateAssumeRolePolicy",
        "AttachRolePolicy",
        "DetachRolePolicy",
        "PutRolePolicy",
        "DeleteRolePolicy",
        "CreateRole",
        "DeleteRole",
        "UpdateRole",
        "PutRolePermissionsBoundary",
        "DeleteRolePermissionsBoundary"
      })
  void typeRoleByHand_roleOfTheTypeChangedByAnybody_tells(String operation) {
    var provider = "arn:aws:sts::444455556666:assumed-role/lake-admin/cfn-update-sales-lake";
    for (var role : List.of("type-execution", "dms-s3-endpoint-type-logging", PROVIDER)) {
      var event = event("iam", operation, provider, "roleName", role);
      assertThat(typeRoleByHand(TwoAccounts.LAKE).matches(event)).as(role).isTrue();
    }
    var other = event("iam", operation, provider, "roleName", "sales-lake");
    assertThat(typeRoleByHand(TwoAccounts.LAKE).matches(other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreatePolicyVersion",
        "SetDefaultPolicyVersion",
        "DeletePolicyVersion",
        "DeletePolicy"
      })
  void typeRoleByHand_boundaryChanged_tells(String operation) {
    var boundary =
        "arn:aws:iam::444455556666:policy/dms-cross-account-s3-endpoint-boundary/dms-s3-endpoint-boundary";
    var jane = "arn:aws:iam::444455556666:user/jane";
    var event = event("iam", operation, jane, "policyArn", boundary);
    assertThat(typeRoleByHand(TwoAccounts.LAKE).matches(event)).isTrue();
    ((ObjectNode) event.get("detail")).put("errorCode", "AccessDenied");
    assertThat(typeRoleByHand(TwoAccounts.LAKE).matches(event)).isFalse();
  }

  /** The event is that of the CloudFormation user guide, Drift Detection Status Change. */
  @Test
  void aStackThatHasDriftedIsTold() {
    var event =
        Json.object(
            """
            {"source": "aws.cloudformation", "detail-type": "CloudFormation Drift Detection Status Change",
             "detail": {
              "stack-id": "arn:aws:cloudformation:eu-central-1:111122223333:stack/lake/1",
              "status-details": {"stack-drift-status": "DRIFTED", "detection-status": "DETECTION_COMPLETE"},
              "drift-detection-details": {"drifted-stack-resource-count": 1}}}
            """);
    var rule = rule(TwoAccounts.DMS, "DriftedStack", Map.of());
    assertThat(rule.matches(event)).isTrue();
    ((ObjectNode) event.at("/detail/status-details")).put("stack-drift-status", "IN_SYNC");
    assertThat(rule.matches(event)).isFalse();
  }

  @Test
  void aTopicIsMadeUnlessThereIsOne() {
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
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WatchedType.deployed(
                    TwoAccounts.DMS, Map.of("TopicArn", topic, "Email", "team@example.com")))
        .withMessageContaining("subscriptions of its own");
  }

  @Test
  void watch_decidesWhichRulesThereAre() {
    Map.of(
            "data-lake", List.of("RoleByHand", "TypeRoleByHand"),
            "roles", List.of("TypeRoleByHand"),
            "type", List.of("EndpointByHand", "ExecutionRoleByHand", "DriftedStack"))
        .forEach(
            (watch, rules) -> {
              var deployed = WatchedType.deployed(TwoAccounts.LAKE, Map.of("Watch", watch));
              assertThat(deployed.resources("AWS::Events::Rule").keySet())
                  .containsExactlyElementsOf(rules);
              assertThat(deployed.resources("AWS::CloudWatch::Alarm").isEmpty())
                  .isEqualTo(!watch.equals("type"));
            });
  }
}
