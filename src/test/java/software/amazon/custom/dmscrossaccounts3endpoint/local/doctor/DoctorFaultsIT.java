package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.DMS;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.byHand;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.deleteEndpoint;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.deleteEndpoints;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.deleteRole;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.environment;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.ignoreTheBoundary;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.inline;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.policy;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.role;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.trust;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.trustNobody;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.trustWithoutId;
import static software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Changes.without;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Fault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.doctor.Finding.Verdict;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/**
 * Every fault that the doctor can report, one by one: it is reported, with the next command, and
 * nothing else is called broken.
 */
class DoctorFaultsIT extends OneDoctoredFleet {

  private static final String PROVIDER = "dms-s3-endpoint-provider";
  private static final String EXECUTION = "dms-s3-endpoint-type-execution";
  private static final String LOGGING = "dms-s3-endpoint-type-logging";
  private static final String ENDPOINT =
      "arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake";
  private static final String SALES = "endpoint sales-lake";
  private static final String UPDATE = "aws cloudformation deploy --stack-name STACK";
  private static final String DEPLOY_LAKE = "--template-file bootstrap/data-lake-account.yaml";
  private static final String DEPLOY_DMS = "--template-file bootstrap/dms-account.yaml";
  private static final String DEPLOY_TYPE_ROLES = "--template-file bootstrap/type-roles.yaml";
  private static final String REGISTER = "--template-file bootstrap/register-type.yaml";
  private static final String CONFIGURE = "aws cloudformation set-type-configuration";

  private static final Pattern DEPLOY =
      Pattern.compile(
          "--stack-name (?<stack>dms-\\S+) --template-file bootstrap/(?<template>\\S+)"
              + " --capabilities CAPABILITY_NAMED_IAM --parameter-overrides (?<overrides>.*?)"
              + " --region");

  /**
   * Something that goes wrong.
   *
   * @param name what it is
   * @param what the subject of the finding
   * @param detail part of what is said of it
   * @param next part of the next command
   * @param change breaks it
   */
  private record BrokenCase(
      String name, String what, String detail, String next, Consumer<DoctoredAccounts> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<BrokenCase> faults() {
    return Stream.of(faultsOfTheType(), faultsOfEnvironments(), faultsOfEndpoints(), orphans())
        .flatMap(List::stream);
  }

  private static List<BrokenCase> faultsOfTheType() {
    return List.of(
        new BrokenCase(
            "the type is not registered",
            "type",
            "Acme::DMS::Other is not registered in account 999900001111, Region eu-central-1",
            REGISTER,
            a -> a.nameType("Acme::DMS::Other")),
        new BrokenCase(
            "the type is deregistered",
            "type",
            "version 00000001 is deprecated",
            REGISTER,
            DoctoredAccounts::deregister),
        new BrokenCase(
            "the type has no execution role",
            "execution role",
            "registered without one",
            "ExecutionRoleArn=ARN",
            DoctoredAccounts::registerWithoutExecutionRole),
        new BrokenCase(
            "there is no type configuration",
            "type configuration",
            "the registry shows none",
            CONFIGURE,
            a -> a.registerAs("Acme::DMS::Second")),
        new BrokenCase(
            "the type configuration is another one",
            "type configuration",
            "differs from type-configuration.json in DefaultEnvironment, Environments.dev.Options",
            CONFIGURE,
            a -> {
              var changed = a.configuration().put("DefaultEnvironment", "dev");
              environment(changed).putObject("Options").put("HandshakeTimeoutMinutes", 20);
              a.writeFile(changed);
            }),
        new BrokenCase(
            "the execution role may not do something",
            "execution role",
            "no policy allows dms:ListTagsForResource",
            "DataLakeRoleArns=arn:aws:iam::444455556666:role/dms-s3-endpoint-provider",
            without(DoctoredAccounts::typeAccount, EXECUTION, "dms:ListTagsForResource")),
        new BrokenCase(
            "the execution role is gone",
            "execution role",
            "dms-s3-endpoint-type-execution is not there",
            DEPLOY_TYPE_ROLES,
            a -> deleteRole(a, a.typeAccount(), EXECUTION)),
        new BrokenCase(
            "the logging role may not do something",
            "logging role",
            "no policy allows logs:PutLogEvents",
            DEPLOY_TYPE_ROLES,
            without(DoctoredAccounts::typeAccount, LOGGING, "logs:PutLogEvents")),
        new BrokenCase(
            "the logging role is gone",
            "logging role",
            "dms-s3-endpoint-type-logging is not there",
            DEPLOY_TYPE_ROLES,
            a -> deleteRole(a, a.typeAccount(), LOGGING)));
  }

  private static List<BrokenCase> faultsOfEnvironments() {
    return List.of(
        new BrokenCase(
            "the DMS role trusts somebody else",
            "DMS role",
            "can't be assumed: User: arn:aws:sts::999900001111:assumed-role/",
            DEPLOY_DMS,
            a -> trustNobody(a, DMS)),
        new BrokenCase(
            "a session policy is too large",
            "DMS role",
            "can't be assumed in the session of a create: Packed policy",
            CONFIGURE,
            // The execution role and a read come first.
            a ->
                a.aws()
                    .faults()
                    .onOperation(
                        "sts",
                        "AssumeRole",
                        3,
                        Fault.refused("PackedPolicyTooLarge", 400, "Packed policy is too large"))),
        new BrokenCase(
            "the DMS role is assumed without its external id",
            "DMS role, external id",
            "can be assumed without the AssumeRoleExternalId",
            DEPLOY_DMS,
            a -> trustWithoutId(a, DMS)),
        new BrokenCase(
            "the DMS role may not do something",
            "DMS role, permissions",
            "no policy allows dms:TestConnection",
            DEPLOY_DMS,
            without(a -> DMS, PROVIDER, "dms:TestConnection")),
        new BrokenCase(
            "the DMS role is denied something",
            "DMS role, permissions",
            "a policy denies iam:PassRole",
            DEPLOY_DMS,
            a ->
                inline(
                    a,
                    DMS,
                    PROVIDER,
                    "{'Version': '2012-10-17', 'Statement': {'Effect': 'Deny', 'Action':"
                        + " 'iam:PassRole', 'Resource': '*'}}")),
        new BrokenCase(
            "the data-lake role is gone",
            "data-lake role",
            "can't be assumed",
            DEPLOY_LAKE,
            a -> deleteRole(a, LAKE, PROVIDER)),
        new BrokenCase(
            "the data-lake role asks for another external id",
            "data-lake role",
            "can't be assumed",
            "AssumeRoleExternalId=dms-s3-endpoints",
            a -> trust(a, LAKE, PROVIDER, t -> t.replace("dms-s3-endpoints", "another"))),
        new BrokenCase(
            "the data-lake role is assumed without its external id",
            "data-lake role, external id",
            "can be assumed without the AssumeRoleExternalId",
            DEPLOY_LAKE,
            a -> trustWithoutId(a, LAKE)),
        new BrokenCase(
            "the data-lake role may not do something",
            "data-lake role, permissions",
            "no policy allows iam:TagPolicy, iam:TagRole",
            DEPLOY_LAKE,
            without(a -> LAKE, PROVIDER, "iam:TagRole")
                .andThen(without(a -> LAKE, PROVIDER, "iam:TagPolicy"))),
        new BrokenCase(
            "the boundary is gone",
            "boundary",
            "dms-s3-endpoint-boundary is not there: no role can be made",
            DEPLOY_LAKE,
            a -> {
              deleteEndpoints(a);
              try (var iam = a.iam(LAKE)) {
                iam.deletePolicy(r -> r.policyArn(a.bootstrapped().boundary()));
              }
            }),
        new BrokenCase(
            "the boundary is one of another account",
            "accounts",
            "PermissionsBoundaryArn is in account 111122223333, DataLakeRoleArn in 444455556666",
            CONFIGURE,
            a -> {
              deleteEndpoints(a);
              var changed = a.configuration();
              environment(changed)
                  .put("PermissionsBoundaryArn", "arn:aws:iam::111122223333:policy/boundary");
              a.configure(changed);
              ignoreTheBoundary(a);
            }));
  }

  private static List<BrokenCase> faultsOfEndpoints() {
    return List.of(
        new BrokenCase(
            "an endpoint lost its mark",
            SALES,
            "it does not carry the ownership tag",
            "aws dms add-tags-to-resource --resource-arn " + ENDPOINT,
            a -> {
              try (var dms = a.dms()) {
                dms.removeTagsFromResource(
                    r -> r.resourceArn(ENDPOINT).tagKeys(OwnershipTags.ENDPOINT));
              }
            }),
        new BrokenCase(
            "an endpoint lost all its tags",
            SALES,
            "it does not carry the ownership tag",
            "aws dms add-tags-to-resource --resource-arn " + ENDPOINT,
            a -> {
              try (var dms = a.dms()) {
                var keys =
                    dms.listTagsForResource(r -> r.resourceArn(ENDPOINT)).tagList().stream()
                        .map(Tag::key)
                        .toList();
                dms.removeTagsFromResource(r -> r.resourceArn(ENDPOINT).tagKeys(keys));
              }
            }),
        new BrokenCase(
            "an endpoint's environment is no more",
            SALES,
            "its environment old is not in type-configuration.json",
            CONFIGURE,
            a -> {
              try (var dms = a.dms()) {
                var old = Tag.builder().key(OwnershipTags.ENVIRONMENT).value("old").build();
                dms.addTagsToResource(r -> r.resourceArn(ENDPOINT).tags(old));
              }
            }),
        new BrokenCase(
            "an endpoint's role is gone",
            SALES,
            "sales-lake-",
            UPDATE,
            a -> deleteRole(a, LAKE, role(a).name())),
        new BrokenCase(
            "an endpoint's role lost its mark",
            SALES,
            "its role arn:aws:iam::444455556666:role/dms-cross-account-s3-endpoint/sales-lake-",
            "aws iam tag-role --role-name sales-lake-",
            byHand(
                (a, iam) ->
                    iam.untagRole(
                        r -> r.roleName(role(a).name()).tagKeys(OwnershipTags.ENDPOINT)))),
        new BrokenCase(
            "an endpoint's role trusts DMS without an external id",
            SALES,
            "does not ask for the endpoint's external id",
            UPDATE,
            byHand(
                (a, iam) ->
                    iam.updateAssumeRolePolicy(
                        r -> r.roleName(role(a).name()).policyDocument(TwoAccounts.TRUST_IN_DMS)))),
        new BrokenCase(
            "an endpoint's role asks for another external id",
            SALES,
            "does not ask for the endpoint's external id",
            UPDATE,
            a ->
                trust(
                    a,
                    LAKE,
                    role(a).name(),
                    t -> t.replaceAll("(ExternalId\":\")[^\"]+", "$1another"))),
        new BrokenCase(
            "an endpoint's role trusts somebody else too",
            SALES,
            "is not what the type wrote",
            UPDATE,
            a ->
                trust(
                    a,
                    LAKE,
                    role(a).name(),
                    t ->
                        t.replace(
                            "{\"Service\":",
                            "{\"AWS\":\"arn:aws:iam::111122223333:root\",\"Service\":"))),
        new BrokenCase(
            "an endpoint's role has no boundary",
            SALES,
            "has no boundary",
            UPDATE,
            byHand((a, iam) -> iam.deleteRolePermissionsBoundary(r -> r.roleName(role(a).name())))),
        new BrokenCase(
            "an endpoint's policy is detached",
            SALES,
            "has no policy of the type",
            UPDATE,
            byHand(
                (a, iam) ->
                    iam.detachRolePolicy(r -> r.roleName(role(a).name()).policyArn(policy(a))))),
        new BrokenCase(
            "an endpoint's policy lost its mark",
            SALES,
            "its policy arn:aws:iam::444455556666:policy/dms-cross-account-s3-endpoint/sales-lake-",
            "aws iam tag-policy --policy-arn arn:aws:iam::444455556666:policy/",
            byHand(
                (a, iam) ->
                    iam.untagPolicy(r -> r.policyArn(policy(a)).tagKeys(OwnershipTags.ENDPOINT)))),
        new BrokenCase(
            "an endpoint's policy says something else",
            SALES,
            "does not say what the endpoint's settings ask for",
            UPDATE,
            byHand(
                (a, iam) ->
                    iam.createPolicyVersion(
                        r ->
                            r.policyArn(policy(a))
                                .setAsDefault(true)
                                .policyDocument(TwoAccounts.ANYTHING)))),
        new BrokenCase(
            "an endpoint's role got another policy",
            SALES,
            "policy arn:aws:iam::aws:policy/AmazonS3FullAccess was attached to its role",
            "--policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess",
            byHand(
                (a, iam) ->
                    iam.attachRolePolicy(
                        r ->
                            r.roleName(role(a).name())
                                .policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess")))),
        new BrokenCase(
            "an endpoint's role got an inline policy",
            SALES,
            "inline policy more",
            "aws iam delete-role-policy --role-name sales-lake-",
            byHand(
                (a, iam) ->
                    iam.putRolePolicy(
                        r ->
                            r.roleName(role(a).name())
                                .policyName("more")
                                .policyDocument(TwoAccounts.ANYTHING)))),
        new BrokenCase(
            "the boundary lacks an endpoint's bucket",
            SALES,
            "the boundary does not allow s3:DeleteObject, s3:GetBucketLocation, s3:ListBucket,"
                + " s3:PutObject, s3:PutObjectTagging",
            "BucketArns=",
            a -> {
              // The other endpoint has the same bucket.
              deleteEndpoint(a, "orders-lake");
              try (var iam = a.iam(LAKE)) {
                iam.createPolicyVersion(
                    r ->
                        r.policyArn(a.bootstrapped().boundary())
                            .setAsDefault(true)
                            .policyDocument(
                                TwoAccounts.ANYTHING.replace("\"*\"", "\"arn:aws:s3:::other*\"")));
              }
            }));
  }

  private static List<BrokenCase> orphans() {
    return List.of(
        new BrokenCase(
            "an endpoint was deleted by hand",
            "orphans",
            "is left of arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake",
            " && aws iam delete-policy --policy-arn",
            a -> {
              try (var dms = a.dms()) {
                dms.deleteEndpoint(r -> r.endpointArn(ENDPOINT));
              }
              a.clock().advance(Duration.ofMinutes(5));
            }),
        new BrokenCase(
            "a role of the type's path carries no ownership tag",
            "orphans",
            "role stray carries no ownership tag, and no endpoint uses it",
            "aws iam get-role --role-name stray",
            byHand(
                (a, iam) ->
                    iam.createRole(
                        r ->
                            r.roleName("stray")
                                .path(OwnershipTags.PATH)
                                .assumeRolePolicyDocument(TwoAccounts.TRUST_IN_DMS)))),
        new BrokenCase(
            "a policy of the type's path carries no ownership tag",
            "orphans",
            "policy arn:aws:iam::444455556666:policy/dms-cross-account-s3-endpoint/stray carries no"
                + " ownership tag",
            "aws iam list-entities-for-policy --policy-arn",
            byHand(
                (a, iam) ->
                    iam.createPolicy(
                        r ->
                            r.policyName("stray")
                                .path(OwnershipTags.PATH)
                                .policyDocument(TwoAccounts.ANYTHING)))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void examine_oneThingIsBroken_reportsItAloneWithTheNextCommand(BrokenCase broken) {
    broken.change().accept(accounts);

    var diagnosis = accounts.examine();

    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.verdict() == Verdict.BROKEN)
        .as(String.join("\n", diagnosis.table()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.what()).isEqualTo(broken.what());
              assertThat(finding.detail()).contains(broken.detail());
              assertThat(finding.next()).contains(broken.next());
              assertCanBeTyped(finding.next());
            });
    assertThat(diagnosis.isHealthy()).isFalse();
  }

  /** A stack has the name that the guide gives it, and its template has the parameters. */
  private static void assertCanBeTyped(String command) {
    var deploy = DEPLOY.matcher(command);
    if (deploy.find()) {
      assertThat(Path.of("guide", "install.md")).content().contains(deploy.group("stack"));
      var parameters = Path.of("bootstrap", deploy.group("template"));
      for (var override : deploy.group("overrides").strip().split(" (?=[A-Z])")) {
        assertThat(parameters).content().contains("  " + override.split("=")[0] + ":");
      }
    }
    // IAM takes these in this order only.
    if (command.contains("delete-role ")) {
      assertThat(command)
          .matches(
              "aws iam detach-role-policy .+ && aws iam delete-policy .+ && aws iam delete-role"
                  + " .+");
    }
  }
}
