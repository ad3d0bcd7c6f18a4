package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.LAKE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.Policies;
import software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.RoleView;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;

/** Changes by hand that break a set-up. */
final class Changes {

  private static final String PROVIDER = "dms-s3-endpoint-provider";
  private static final String ENDPOINT =
      "arn:aws:dms:eu-central-1:111122223333:endpoint:sales-lake";

  private Changes() {}

  interface ByHand {
    void change(DoctoredAccounts accounts, IamClient iam);
  }

  /** A change by hand in the data-lake account. */
  static Consumer<DoctoredAccounts> byHand(ByHand change) {
    return a -> {
      try (var iam = a.iam(LAKE)) {
        change.change(a, iam);
      }
    };
  }

  static ObjectNode environment(ObjectNode configuration) {
    return (ObjectNode) configuration.at("/Environments/0");
  }

  /** The role of the endpoint. */
  static RoleView role(DoctoredAccounts a) {
    return a.aws().roles(LAKE).stream()
        .filter(r -> r.path().equals(OwnershipTags.PATH) && r.name().startsWith("sales-lake"))
        .findFirst()
        .orElseThrow();
  }

  /** The ARN of the policy of the endpoint. */
  static String policy(DoctoredAccounts a) {
    return role(a).attached().get(0);
  }

  static RoleView role(DoctoredAccounts a, String account, String name) {
    return a.aws().roles(account).stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Consumer<DoctoredAccounts> without(
      Function<DoctoredAccounts, String> account, String role, String action) {
    return a -> {
      try (var iam = a.iam(account.apply(a))) {
        role(a, account.apply(a), role)
            .inline()
            .forEach(
                (name, document) ->
                    iam.putRolePolicy(
                        r ->
                            r.roleName(role)
                                .policyName(name)
                                .policyDocument(
                                    Policies.without(action)
                                        .apply((ObjectNode) document)
                                        .toString())));
      }
    };
  }

  static void inline(DoctoredAccounts a, String account, String role, String document) {
    try (var iam = a.iam(account)) {
      iam.putRolePolicy(
          r -> r.roleName(role).policyName("by-hand").policyDocument(document.replace('\'', '"')));
    }
  }

  static void trust(DoctoredAccounts a, String account, String role, UnaryOperator<String> change) {
    var changed = change.apply(role(a, account, role).trust().toString());
    try (var iam = a.iam(account)) {
      iam.updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(changed));
    }
  }

  static void trustNobody(DoctoredAccounts a, String account) {
    trust(a, account, PROVIDER, t -> t.replace(a.typeAccount(), "123456789012"));
  }

  static void trustWithoutId(DoctoredAccounts a, String account) {
    trust(
        a,
        account,
        PROVIDER,
        t -> t.replaceAll(",\"StringEquals\":\\{\"sts:ExternalId\":\"[^\"]+\"}", ""));
  }

  static void deleteRole(DoctoredAccounts a, String account, String name) {
    var role = role(a, account, name);
    try (var iam = a.iam(account)) {
      role.attached().forEach(arn -> iam.detachRolePolicy(r -> r.roleName(name).policyArn(arn)));
      role.inline()
          .keySet()
          .forEach(policy -> iam.deleteRolePolicy(r -> r.roleName(name).policyName(policy)));
      a.clock().advance(Duration.ofMinutes(1));
      iam.deleteRole(r -> r.roleName(name));
    }
  }

  static void deleteEndpoints(DoctoredAccounts a) {
    deleteEndpoint(a, "sales-lake");
    deleteEndpoint(a, "orders-lake");
  }

  static void deleteEndpoint(DoctoredAccounts a, String identifier) {
    var outcome =
        a.bootstrapped()
            .cloudFormation()
            .delete(TwoAccounts.byArn(ENDPOINT.replace("sales-lake", identifier)));
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
  }

  /** Lets the data-lake role make roles with any boundary. */
  static void ignoreTheBoundary(DoctoredAccounts a) {
    try (var iam = a.iam(LAKE)) {
      iam.deleteRolePolicy(r -> r.roleName(PROVIDER).policyName("manage-endpoint-roles"));
    }
    inline(
        a,
        LAKE,
        PROVIDER,
        "{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Action': 'iam:*', 'Resource':"
            + " '*'}}");
  }
}
