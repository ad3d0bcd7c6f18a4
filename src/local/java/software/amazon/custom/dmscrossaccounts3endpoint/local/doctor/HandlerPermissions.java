package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Simulates the actions of the schema's handlers on the resources that they use. Which resources an
 * action knows: Service Authorization Reference of IAM and of AWS DMS.
 */
final class HandlerPermissions {

  private static final String PASS_ROLE = "iam:PassRole";

  /** Denied to every role that may create bounded roles only. */
  private static final String DELETE_BOUNDARY = "iam:DeleteRolePermissionsBoundary";

  private HandlerPermissions() {}

  private static List<String> actions(String service, Predicate<String> which) {
    return Stream.of(Action.CREATE, Action.READ, Action.UPDATE, Action.DELETE, Action.LIST)
        .flatMap(action -> HandlerSchema.permissions(action).stream())
        .filter(action -> action.startsWith(service + ":"))
        .filter(which)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the values of condition keys in the type's calls. */
  static Map<String, String> conditionKeys(EnvironmentAccounts environment) {
    var example = environment.example();
    var keys = new TreeMap<>(regional(example.region()));
    keys.put("aws:RequestTag/" + OwnershipTags.ENDPOINT, example.endpointArn());
    keys.put("aws:ResourceTag/" + OwnershipTags.ENDPOINT, example.endpointArn());
    keys.put("iam:PassedToService", "dms.amazonaws.com");
    keys.put("iam:PolicyARN", example.policyArn());
    environment.boundary().ifPresent(arn -> keys.put("iam:PermissionsBoundary", arn));
    return keys;
  }

  /** Returns the values of condition keys in every call. */
  static Map<String, String> regional(String region) {
    return Map.of("aws:RequestedRegion", region, "aws:SecureTransport", "true");
  }

  static void simulateDataLake(PolicySimulation simulation, EnvironmentAccounts environment) {
    Predicate<String> isUsed =
        action ->
            !action.equals(PASS_ROLE)
                && !(action.equals(DELETE_BOUNDARY) && environment.boundary().isPresent());
    Predicate<String> isOfRole = action -> action.contains("Role");
    simulation
        .simulate(environment.example().roleArn(), actions("iam", isUsed.and(isOfRole)))
        .simulate(environment.example().policyArn(), actions("iam", isUsed.and(isOfRole.negate())));
  }

  static void simulateDms(PolicySimulation simulation, EnvironmentAccounts environment) {
    Predicate<String> hasNoResource =
        action -> action.startsWith("dms:Describe") || action.equals("dms:CreateEndpoint");
    simulation
        .simulate("*", actions("dms", hasNoResource))
        .simulate(environment.example().endpointArn(), actions("dms", hasNoResource.negate()))
        .simulate(environment.example().roleArn(), List.of(PASS_ROLE));
  }

  /** Simulates a list in the account of the stacks. */
  static void simulateList(PolicySimulation simulation, String account, EndpointNames example) {
    var endpoint =
        EndpointNames.endpointArn(
            example.partition(), example.region(), account, example.resourceIdentifier());
    simulation
        .simulate("*", List.of("dms:DescribeEndpoints"))
        .simulate(endpoint, List.of("dms:ListTagsForResource"));
  }
}
