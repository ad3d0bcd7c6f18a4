package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.cloudformation.Action;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.names.OwnershipTags;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * The actions that the handlers use, by the schema, and what on. Which resources an action knows:
 * Service Authorization Reference of IAM and of AWS DMS.
 */
final class HandlerActions {

  private static final String PASS_ROLE = "iam:PassRole";

  /** What no role may do that has to make bounded roles. */
  private static final String UNBIND = "iam:DeleteRolePermissionsBoundary";

  private HandlerActions() {}

  private static List<String> all(String service) {
    var actions = new TreeSet<String>();
    Stream.of(Action.CREATE, Action.READ, Action.UPDATE, Action.DELETE, Action.LIST)
        .flatMap(action -> HandlerSchema.permissions(action).stream())
        .filter(action -> action.startsWith(service + ":"))
        .forEach(actions::add);
    return List.copyOf(actions);
  }

  /** The values that condition keys have in the type's calls. */
  static Map<String, String> context(Pair pair) {
    var example = pair.example();
    var context = new TreeMap<String, String>();
    context.put("aws:RequestedRegion", example.region());
    context.put("aws:SecureTransport", "true");
    context.put("aws:RequestTag/" + OwnershipTags.ENDPOINT, example.endpointArn());
    context.put("aws:ResourceTag/" + OwnershipTags.ENDPOINT, example.endpointArn());
    context.put("iam:PassedToService", "dms.amazonaws.com");
    context.put("iam:PolicyARN", example.policyArn());
    pair.boundary().ifPresent(arn -> context.put("iam:PermissionsBoundary", arn));
    return context;
  }

  /** Asks for everything that is done in a data-lake account. */
  static void askInDataLake(PolicySimulation simulation, Pair pair) {
    var actions =
        all("iam").stream()
            .filter(action -> !action.equals(PASS_ROLE))
            .filter(action -> !action.equals(UNBIND) || pair.boundary().isEmpty())
            .toList();
    simulation
        .of(pair.example().roleArn(), actions.stream().filter(HandlerActions::isOfRole).toList())
        .of(
            pair.example().policyArn(),
            actions.stream().filter(action -> !isOfRole(action)).toList());
  }

  private static boolean isOfRole(String action) {
    return action.contains("Role");
  }

  /** Asks for everything that is done in a DMS account. */
  static void askInDms(PolicySimulation simulation, Pair pair) {
    var all = all("dms");
    simulation
        .of("*", all.stream().filter(HandlerActions::isUnbound).toList())
        .of(
            pair.example().endpointArn(),
            all.stream().filter(action -> !isUnbound(action)).toList())
        .of(pair.example().roleArn(), List.of(PASS_ROLE));
  }

  private static boolean isUnbound(String action) {
    return action.startsWith("dms:Describe") || action.equals("dms:CreateEndpoint");
  }

  /** Asks for what a list does in the account of the stacks. */
  static void askForList(PolicySimulation simulation, String account, EndpointNames example) {
    simulation
        .of("*", List.of("dms:DescribeEndpoints"))
        .of(
            EndpointNames.endpointArn(
                example.partition(), example.region(), account, example.resourceIdentifier()),
            List.of("dms:ListTagsForResource"));
  }
}
