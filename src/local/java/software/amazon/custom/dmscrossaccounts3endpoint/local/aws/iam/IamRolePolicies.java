package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.IamFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Arns;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** IAM's operations that bind policies to roles: attached managed ones and inline ones. */
public final class IamRolePolicies {
  /** Quota "managed policies attached to an IAM role" (IAM User Guide, IAM and STS quotas). */
  private static final int MOST_ATTACHED = 10;

  /** Quota "role inline policy length", all of a role's inline policies together. */
  private static final int MOST_INLINE_CHARACTERS = 10240;

  private final World world;

  public IamRolePolicies(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "AttachRolePolicy", this::attach,
        "DetachRolePolicy", this::detach,
        "ListAttachedRolePolicies", this::listAttached,
        "ListEntitiesForPolicy", this::listEntities,
        "PutRolePolicy", this::putInline,
        "GetRolePolicy", this::getInline,
        "DeleteRolePolicy", this::deleteInline,
        "ListRolePolicies", this::listInline);
  }

  private ObjectNode attach(Request request) {
    var arn = IamRules.policyArn(request.parameters(), world.arns());
    var role = role(request, "iam:AttachRolePolicy", new ContextKeys().with("iam:PolicyARN", arn));
    var iam = world.iam(request.account());
    if (iam.policy(arn).isEmpty() && !world.awsManagedPolicies().has(arn)) {
      throw IamFaults.noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
    }
    // Attaching what is attached is fine and changes nothing.
    if (!role.attached().contains(arn)) {
      if (role.attached().size() >= MOST_ATTACHED) {
        throw IamFaults.limitExceeded("Cannot exceed quota for PoliciesPerRole: " + MOST_ATTACHED);
      }
      var attached = new ArrayList<>(role.attached());
      attached.add(arn);
      iam.put(world.now(), role.withAttached(List.copyOf(attached)));
    }
    return null;
  }

  private ObjectNode detach(Request request) {
    var arn = IamRules.policyArn(request.parameters(), world.arns());
    var role = role(request, "iam:DetachRolePolicy", new ContextKeys().with("iam:PolicyARN", arn));
    if (!role.attached().contains(arn)) {
      throw IamFaults.noSuchPolicy(arn);
    }
    var left = role.attached().stream().filter(attached -> !attached.equals(arn)).toList();
    world.iam(request.account()).put(world.now(), role.withAttached(left));
    return null;
  }

  private ObjectNode listAttached(Request request) {
    var prefix = IamRules.pathPrefix(request.parameters());
    var role = role(request, "iam:ListAttachedRolePolicies", new ContextKeys());
    var attached =
        role.attached().stream()
            .filter(arn -> arn.substring(arn.indexOf(":policy/") + 7).startsWith(prefix))
            .toList();
    return IamRules.page(
        world,
        request.parameters(),
        "AttachedPolicies",
        attached,
        arn -> IamRules.object().put("PolicyName", Arns.nameOf(arn)).put("PolicyArn", arn));
  }

  private ObjectNode listEntities(Request request) {
    var parameters = request.parameters();
    var arn = IamRules.policyArn(parameters, world.arns());
    var entities =
        parameters
            .text("EntityFilter")
            .oneOf(List.of("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"))
            .orElse("Role");
    var usage =
        parameters
            .text("PolicyUsageFilter")
            .oneOf(List.of("PermissionsPolicy", "PermissionsBoundary"))
            .orElse("");
    var prefix = IamRules.pathPrefix(parameters);
    request.demand("iam:ListEntitiesForPolicy", arn);
    var iam = world.iam(request.account());
    if (iam.policy(arn).isEmpty() && !world.awsManagedPolicies().has(arn)) {
      throw IamFaults.noSuchPolicy(arn);
    }
    var roles = new ArrayList<Role>();
    if (entities.equals("Role")) {
      iam.roles().stream()
          .filter(role -> role.path().startsWith(prefix))
          .filter(
              role ->
                  (!usage.equals("PermissionsBoundary") && role.attached().contains(arn))
                      || (!usage.equals("PermissionsPolicy") && arn.equals(role.boundary())))
          .forEach(roles::add);
    }
    var answer =
        IamRules.page(
            world,
            parameters,
            "PolicyRoles",
            roles,
            role -> IamRules.object().put("RoleName", role.name()).put("RoleId", role.id()));
    answer.putArray("PolicyGroups");
    answer.putArray("PolicyUsers");
    return answer;
  }

  private ObjectNode putInline(Request request) {
    var name = IamRules.policyName(request.parameters());
    var document = IamRules.document(request.parameters(), "PolicyDocument");
    var role = role(request, "iam:PutRolePolicy", new ContextKeys());
    PolicyParser.parse(document, PolicyParser.Kind.PERMISSIONS);
    IamRules.checkPartitions(document, world.options().partition());
    var inline = new TreeMap<>(role.inline());
    inline.put(name, document);
    IamRules.checkSize(String.join("", inline.values()), MOST_INLINE_CHARACTERS, "PolicySize");
    world.iam(request.account()).put(world.now(), role.withInline(inline));
    return null;
  }

  private ObjectNode getInline(Request request) {
    var name = IamRules.policyName(request.parameters());
    var role = role(request, "iam:GetRolePolicy", new ContextKeys());
    return IamRules.object()
        .put("RoleName", role.name())
        .put("PolicyName", name)
        .put("PolicyDocument", IamRules.encoded(existing(role, name)));
  }

  private ObjectNode deleteInline(Request request) {
    var name = IamRules.policyName(request.parameters());
    var role = role(request, "iam:DeleteRolePolicy", new ContextKeys());
    existing(role, name);
    var inline = new TreeMap<>(role.inline());
    inline.remove(name);
    world.iam(request.account()).put(world.now(), role.withInline(inline));
    return null;
  }

  private ObjectNode listInline(Request request) {
    var role = role(request, "iam:ListRolePolicies", new ContextKeys());
    return IamRules.page(
        world,
        request.parameters(),
        "PolicyNames",
        List.copyOf(role.inline().keySet()),
        TextNode::valueOf);
  }

  private static String existing(Role role, String name) {
    var document = role.inline().get(name);
    if (document == null) {
      throw IamFaults.noSuchEntity("The role policy with name " + name + " cannot be found.");
    }
    return document;
  }

  private Role role(Request request, String action, ContextKeys keys) {
    return IamRoles.demandedRole(world, request, action, keys);
  }
}
