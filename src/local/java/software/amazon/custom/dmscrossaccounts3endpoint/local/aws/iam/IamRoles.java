package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.IamFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** IAM's operations on roles themselves: their trust, boundary, tags and description. */
public final class IamRoles {
  /** Quota "role trust policy length" (IAM User Guide, IAM and STS quotas). */
  private static final int MOST_TRUST_CHARACTERS = 2048;

  private static final Pattern DESCRIPTION =
      Pattern.compile("[\\t\\n\\r\\x20-\\x7E\\u00A1-\\u00FF]*");

  private final World world;

  public IamRoles(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.ofEntries(
        Map.entry("CreateRole", this::create),
        Map.entry("GetRole", this::get),
        Map.entry("DeleteRole", this::delete),
        Map.entry("ListRoles", this::list),
        Map.entry("UpdateRole", this::update),
        Map.entry("UpdateAssumeRolePolicy", this::updateTrust),
        Map.entry("PutRolePermissionsBoundary", this::putBoundary),
        Map.entry("DeleteRolePermissionsBoundary", this::deleteBoundary),
        Map.entry("TagRole", this::tag),
        Map.entry("UntagRole", this::untag),
        Map.entry("ListRoleTags", this::listTags));
  }

  private ObjectNode create(Request request) {
    var parameters = request.parameters();
    var name = IamRules.roleName(parameters);
    var path = IamRules.path(parameters);
    var trust = IamRules.document(parameters, "AssumeRolePolicyDocument");
    var description = description(parameters);
    var duration =
        parameters.number("MaxSessionDuration", 3600, 43200, Role.DEFAULT_SESSION_DURATION);
    var boundary = parameters.text("PermissionsBoundary").length(20, 2048).value();
    var tags = IamRules.tags(parameters);
    var arn = world.arns().role(request.account(), path, name);
    var keys = new ContextKeys().with("iam:PermissionsBoundary", boundary).withRequestTags(tags);
    request.demand("iam:CreateRole", arn, keys);
    if (!tags.isEmpty()) {
      request.demand("iam:TagRole", arn, keys);
    }
    checkTrust(trust);
    if (boundary != null) {
      checkBoundary(request.account(), boundary);
    }
    var iam = world.iam(request.account());
    if (iam.role(name).isPresent()) {
      throw IamFaults.alreadyExists("Role with name " + name + " already exists.");
    }
    var role =
        Role.builder()
            .name(name)
            .path(path)
            .id(world.ids().role())
            .arn(arn)
            .created(world.now())
            .trust(trust)
            .description(description)
            .maxSessionDuration(duration)
            .boundary(boundary)
            .tags(tags)
            .attached(List.of())
            .inline(Map.of())
            .build();
    iam.put(world.now(), role);
    var answer = IamRules.object();
    answer.set("Role", withDetails(role));
    return answer;
  }

  private ObjectNode get(Request request) {
    var role = demandedRole(request, "iam:GetRole");
    var shape = withDetails(role);
    shape.putObject("RoleLastUsed");
    var answer = IamRules.object();
    answer.set("Role", shape);
    return answer;
  }

  private ObjectNode delete(Request request) {
    var role = demandedRole(request, "iam:DeleteRole");
    if (!role.attached().isEmpty()) {
      throw IamFaults.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!role.inline().isEmpty()) {
      throw IamFaults.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    var before =
        world
            .iam(request.account())
            .role(role.name(), world.now().minus(world.options().habits().detachLag()));
    if (before.filter(r -> !r.attached().isEmpty()).isPresent()) {
      throw IamFaults.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    world.iam(request.account()).remove(world.now(), role);
    return null;
  }

  private ObjectNode list(Request request) {
    var prefix = IamRules.pathPrefix(request.parameters());
    // No resource types are declared for ListRoles, so only a policy on "*" allows it.
    request.demand("iam:ListRoles", "*");
    var roles =
        world.iam(request.account()).roles().stream()
            .filter(role -> role.path().startsWith(prefix))
            .toList();
    return IamRules.page(world, request.parameters(), "Roles", roles, IamRoles::shape);
  }

  private ObjectNode update(Request request) {
    var parameters = request.parameters();
    var description = description(parameters);
    var role = demandedRole(request, "iam:UpdateRole");
    var changed = description == null ? role : role.withDescription(description);
    put(
        request,
        changed.withMaxSessionDuration(
            parameters.number("MaxSessionDuration", 3600, 43200, Role.DEFAULT_SESSION_DURATION)));
    return IamRules.object();
  }

  private ObjectNode updateTrust(Request request) {
    var trust = IamRules.document(request.parameters(), "PolicyDocument");
    var role = demandedRole(request, "iam:UpdateAssumeRolePolicy");
    checkTrust(trust);
    put(request, role.withTrust(trust));
    return null;
  }

  private ObjectNode putBoundary(Request request) {
    var boundary =
        request.parameters().text("PermissionsBoundary").required().length(20, 2048).value();
    var role =
        demandedRole(
            request,
            "iam:PutRolePermissionsBoundary",
            new ContextKeys().with("iam:PermissionsBoundary", boundary));
    checkBoundary(request.account(), boundary);
    put(request, role.withBoundary(boundary));
    return null;
  }

  private ObjectNode deleteBoundary(Request request) {
    var role = demandedRole(request, "iam:DeleteRolePermissionsBoundary");
    if (role.boundary() == null) {
      throw IamFaults.noSuchEntity(
          "Role " + role.name() + " does not have a permissions boundary.");
    }
    put(request, role.withBoundary(null));
    return null;
  }

  private ObjectNode tag(Request request) {
    var tags = IamRules.tags(request.parameters().requireList("Tags"));
    var role = demandedRole(request, "iam:TagRole", new ContextKeys().withRequestTags(tags));
    put(request, role.withTags(IamRules.merge(role.tags(), tags)));
    return null;
  }

  private ObjectNode untag(Request request) {
    var keys = request.parameters().requireList("TagKeys").texts("TagKeys");
    var role = demandedRole(request, "iam:UntagRole", new ContextKeys().with("aws:TagKeys", keys));
    put(request, role.withTags(IamRules.without(role.tags(), keys)));
    return null;
  }

  private ObjectNode listTags(Request request) {
    var role = demandedRole(request, "iam:ListRoleTags");
    return IamRules.page(
        world,
        request.parameters(),
        "Tags",
        List.copyOf(role.tags().entrySet()),
        tag -> IamRules.object().put("Key", tag.getKey()).put("Value", tag.getValue()));
  }

  private void put(Request request, Role role) {
    world.iam(request.account()).put(world.now(), role);
  }

  /** Checks the permission before it tells whether the role is there. */
  private Role demandedRole(Request request, String action) {
    return demandedRole(request, action, new ContextKeys());
  }

  private Role demandedRole(Request request, String action, ContextKeys keys) {
    return demandedRole(world, request, action, keys);
  }

  static Role demandedRole(World world, Request request, String action, ContextKeys keys) {
    var name = IamRules.roleName(request.parameters());
    var iam = world.iam(request.account());
    var known = iam.role(name, world.now().minus(world.options().habits().authorizationLag()));
    known.ifPresent(
        r -> {
          keys.withResourceTags("iam:ResourceTag/", r.tags());
          if (keys.get("iam:PermissionsBoundary").isEmpty()) {
            keys.with("iam:PermissionsBoundary", r.boundary());
          }
        });
    request.demand(
        action, known.map(Role::arn).orElseGet(() -> missing(world, request, name)), keys);
    var role = IamRules.isRead(action) ? iam.role(name, world.replica()) : iam.role(name);
    return role.orElseThrow(() -> IamFaults.noSuchRole(name));
  }

  private static String missing(World world, Request request, String name) {
    return switch (world.options().habits().missingRoleResource()) {
      case WITHOUT_PATH -> world.arns().role(request.account(), "/", name);
      case WILDCARD -> "*";
    };
  }

  private static String description(Parameters parameters) {
    return parameters.text("Description").length(0, 1000).matching(DESCRIPTION).value();
  }

  private static void checkTrust(String trust) {
    PolicyParser.parse(trust, PolicyParser.Kind.TRUST);
    IamRules.checkSize(trust, MOST_TRUST_CHARACTERS, "ACLSizePerRole");
  }

  /** IAM takes any well-formed policy ARN of the account or of AWS, be the policy there or not. */
  private void checkBoundary(String account, String boundary) {
    var owner =
        world
            .arns()
            .read("iam", boundary)
            .filter(arn -> arn.resourceAsString().startsWith("policy/"))
            .flatMap(arn -> arn.accountId());
    if (owner.filter(Set.of(account, "aws")::contains).isEmpty()) {
      throw IamFaults.noSuchEntity(
          "Scope ARN: " + boundary + " does not exist or is not attachable.");
    }
  }

  /** What listings show of a role: neither tags nor boundary (IAM API reference, ListRoles). */
  private static ObjectNode shape(Role role) {
    var shape =
        IamRules.object()
            .put("Path", role.path())
            .put("RoleName", role.name())
            .put("RoleId", role.id())
            .put("Arn", role.arn())
            .put("CreateDate", QueryProtocol.date(role.created()))
            .put("AssumeRolePolicyDocument", IamRules.encoded(role.trust()))
            .put("MaxSessionDuration", role.maxSessionDuration());
    Optional.ofNullable(role.description()).ifPresent(text -> shape.put("Description", text));
    return shape;
  }

  private static ObjectNode withDetails(Role role) {
    var shape = shape(role);
    if (role.boundary() != null) {
      shape
          .putObject("PermissionsBoundary")
          .put("PermissionsBoundaryType", "PermissionsBoundaryPolicy")
          .put("PermissionsBoundaryArn", role.boundary());
    }
    if (!role.tags().isEmpty()) {
      IamRules.addTags(shape, role.tags());
    }
    return shape;
  }
}
