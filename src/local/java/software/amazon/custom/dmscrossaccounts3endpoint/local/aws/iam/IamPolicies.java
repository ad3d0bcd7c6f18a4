package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.ContextKeys;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.IamFaults;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.IamAccount;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ManagedPolicy;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** IAM's operations on customer managed policies and their versions. */
public final class IamPolicies {
  /** Quota "managed policy length" (IAM User Guide, IAM and STS quotas). */
  private static final int MOST_CHARACTERS = 6144;

  private static final Pattern PATH = Pattern.compile("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");

  private final World world;

  public IamPolicies(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.ofEntries(
        Map.entry("CreatePolicy", this::create),
        Map.entry("GetPolicy", this::get),
        Map.entry("DeletePolicy", this::delete),
        Map.entry("ListPolicies", this::list),
        Map.entry("TagPolicy", this::tag),
        Map.entry("UntagPolicy", this::untag),
        Map.entry("ListPolicyTags", this::listTags),
        Map.entry("CreatePolicyVersion", this::createVersion),
        Map.entry("GetPolicyVersion", this::getVersion),
        Map.entry("ListPolicyVersions", this::listVersions),
        Map.entry("DeletePolicyVersion", this::deleteVersion),
        Map.entry("SetDefaultPolicyVersion", this::setDefaultVersion));
  }

  private ObjectNode create(Request request) {
    var parameters = request.parameters();
    var name = IamRules.policyName(parameters);
    var path = parameters.text("Path").length(1, 512).matching(PATH).orElse("/");
    var document = IamRules.document(parameters, "PolicyDocument");
    var description = parameters.text("Description").length(0, 1000).value();
    var tags = IamRules.tags(parameters);
    var arn = world.arns().policy(request.account(), path, name);
    var keys = new ContextKeys().withRequestTags(tags);
    request.demand("iam:CreatePolicy", arn, keys);
    if (!tags.isEmpty()) {
      request.demand("iam:TagPolicy", arn, keys);
    }
    check(document);
    var iam = world.iam(request.account());
    // A policy's name is unique in its account whatever its path is.
    if (iam.policies().stream().anyMatch(policy -> policy.name().equalsIgnoreCase(name))) {
      throw IamFaults.alreadyExists(
          "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }
    var now = world.now();
    var policy =
        ManagedPolicy.builder()
            .name(name)
            .path(path)
            .id(world.ids().policy())
            .arn(arn)
            .created(now)
            .updated(now)
            .description(description)
            .tags(tags)
            .versions(List.of(new ManagedPolicy.Version("v1", document, now)))
            .defaultVersionId("v1")
            .nextVersion(2)
            .build();
    iam.put(now, policy);
    var answer = IamRules.object();
    answer.set("Policy", withDetails(iam, policy));
    return answer;
  }

  private ObjectNode get(Request request) {
    var policy = demandedPolicy(request, "iam:GetPolicy");
    var answer = IamRules.object();
    answer.set("Policy", withDetails(world.iam(request.account()), policy));
    return answer;
  }

  private ObjectNode delete(Request request) {
    var policy = demandedPolicy(request, "iam:DeletePolicy");
    var iam = world.iam(request.account());
    if (!iam.rolesWith(policy.arn()).isEmpty() || !iam.rolesBoundedBy(policy.arn()).isEmpty()) {
      throw IamFaults.deleteConflict("Cannot delete a policy attached to entities.");
    }
    if (wasAttached(iam, policy.arn())) {
      throw IamFaults.deleteConflict("Cannot delete a policy attached to entities.");
    }
    if (policy.versions().size() > 1) {
      throw IamFaults.deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    iam.remove(world.now(), policy);
    return null;
  }

  private boolean wasAttached(IamAccount iam, String arn) {
    var then = world.now().minus(world.options().habits().detachLag());
    return iam.roles().stream()
        .map(role -> iam.role(role.name(), then))
        .flatMap(Optional::stream)
        .anyMatch(role -> role.attached().contains(arn));
  }

  private ObjectNode list(Request request) {
    var parameters = request.parameters();
    var scope = parameters.text("Scope").oneOf(List.of("All", "AWS", "Local")).orElse("All");
    var attachedOnly = parameters.flag("OnlyAttached");
    var prefix = IamRules.pathPrefix(parameters);
    request.demand("iam:ListPolicies", "*");
    var iam = world.iam(request.account());
    var policies =
        iam.policies().stream()
            .filter(policy -> !scope.equals("AWS"))
            .filter(policy -> policy.path().startsWith(prefix))
            .filter(policy -> !attachedOnly || !iam.rolesWith(policy.arn()).isEmpty())
            .toList();
    return IamRules.page(world, parameters, "Policies", policies, policy -> shape(iam, policy));
  }

  private ObjectNode tag(Request request) {
    var tags = IamRules.tags(request.parameters().requireList("Tags"));
    var policy = demandedPolicy(request, "iam:TagPolicy", new ContextKeys().withRequestTags(tags));
    put(request, policy.withTags(IamRules.merge(policy.tags(), tags)));
    return null;
  }

  private ObjectNode untag(Request request) {
    var keys = request.parameters().requireList("TagKeys").texts("TagKeys");
    var policy =
        demandedPolicy(request, "iam:UntagPolicy", new ContextKeys().with("aws:TagKeys", keys));
    put(request, policy.withTags(IamRules.without(policy.tags(), keys)));
    return null;
  }

  private ObjectNode listTags(Request request) {
    var policy = demandedPolicy(request, "iam:ListPolicyTags");
    return IamRules.page(
        world,
        request.parameters(),
        "Tags",
        List.copyOf(policy.tags().entrySet()),
        tag -> IamRules.object().put("Key", tag.getKey()).put("Value", tag.getValue()));
  }

  private ObjectNode createVersion(Request request) {
    var document = IamRules.document(request.parameters(), "PolicyDocument");
    var policy = demandedPolicy(request, "iam:CreatePolicyVersion");
    check(document);
    if (policy.versions().size() >= ManagedPolicy.MOST_VERSIONS) {
      throw IamFaults.limitExceeded(
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
    var version = new ManagedPolicy.Version("v" + policy.nextVersion(), document, world.now());
    var versions = new ArrayList<>(policy.versions());
    versions.add(version);
    var makeDefault = request.parameters().flag("SetAsDefault");
    var changed =
        policy
            .withVersions(List.copyOf(versions))
            .withDefaultVersionId(makeDefault ? version.id() : policy.defaultVersionId())
            .withNextVersion(policy.nextVersion() + 1)
            .withUpdated(world.now());
    put(request, changed);
    var answer = IamRules.object();
    answer.set("PolicyVersion", shape(changed, version));
    return answer;
  }

  private ObjectNode getVersion(Request request) {
    var versionId = IamRules.versionId(request.parameters());
    var policy = demandedPolicy(request, "iam:GetPolicyVersion");
    var version = existing(policy, versionId);
    var answer = IamRules.object();
    answer.set(
        "PolicyVersion",
        shape(policy, version).put("Document", IamRules.encoded(version.document())));
    return answer;
  }

  private ObjectNode listVersions(Request request) {
    var policy = demandedPolicy(request, "iam:ListPolicyVersions");
    var newestFirst = new ArrayList<>(policy.versions());
    Collections.reverse(newestFirst);
    return IamRules.page(
        world, request.parameters(), "Versions", newestFirst, version -> shape(policy, version));
  }

  private ObjectNode deleteVersion(Request request) {
    var versionId = IamRules.versionId(request.parameters());
    var policy = demandedPolicy(request, "iam:DeletePolicyVersion");
    existing(policy, versionId);
    if (policy.defaultVersionId().equals(versionId)) {
      throw IamFaults.deleteConflict("Cannot delete the default version of a policy.");
    }
    var left =
        policy.versions().stream().filter(version -> !version.id().equals(versionId)).toList();
    put(request, policy.withVersions(left).withUpdated(world.now()));
    return null;
  }

  private ObjectNode setDefaultVersion(Request request) {
    var versionId = IamRules.versionId(request.parameters());
    var policy = demandedPolicy(request, "iam:SetDefaultPolicyVersion");
    existing(policy, versionId);
    put(request, policy.withDefaultVersionId(versionId).withUpdated(world.now()));
    return null;
  }

  private static ManagedPolicy.Version existing(ManagedPolicy policy, String versionId) {
    return policy
        .version(versionId)
        .orElseThrow(
            () ->
                IamFaults.noSuchEntity(
                    "Policy %s version %s does not exist or is not attachable."
                        .formatted(policy.arn(), versionId)));
  }

  private void put(Request request, ManagedPolicy policy) {
    world.iam(request.account()).put(world.now(), policy);
  }

  private void check(String document) {
    PolicyParser.parse(document, PolicyParser.Kind.PERMISSIONS);
    IamRules.checkPartitions(document, world.options().partition());
    IamRules.checkSize(document, MOST_CHARACTERS, "PolicySize");
  }

  private ManagedPolicy demandedPolicy(Request request, String action) {
    return demandedPolicy(request, action, new ContextKeys());
  }

  private ManagedPolicy demandedPolicy(Request request, String action, ContextKeys keys) {
    var arn = IamRules.policyArn(request.parameters(), world.arns());
    var policy = world.iam(request.account()).policy(arn);
    policy.ifPresent(p -> keys.withResourceTags("iam:ResourceTag/", p.tags()));
    request.demand(action, arn, keys);
    var seen =
        IamRules.isRead(action)
            ? world.iam(request.account()).policy(arn, world.replica())
            : policy;
    return seen.orElseThrow(() -> IamFaults.noSuchPolicy(arn));
  }

  /** What listings show of a policy: neither tags nor description (IAM API reference). */
  private static ObjectNode shape(IamAccount iam, ManagedPolicy policy) {
    return IamRules.object()
        .put("PolicyName", policy.name())
        .put("PolicyId", policy.id())
        .put("Arn", policy.arn())
        .put("Path", policy.path())
        .put("DefaultVersionId", policy.defaultVersionId())
        .put("AttachmentCount", iam.rolesWith(policy.arn()).size())
        .put("PermissionsBoundaryUsageCount", iam.rolesBoundedBy(policy.arn()).size())
        .put("IsAttachable", true)
        .put("CreateDate", QueryProtocol.date(policy.created()))
        .put("UpdateDate", QueryProtocol.date(policy.updated()));
  }

  private static ObjectNode withDetails(IamAccount iam, ManagedPolicy policy) {
    var shape = shape(iam, policy);
    Optional.ofNullable(policy.description()).ifPresent(text -> shape.put("Description", text));
    IamRules.addTags(shape, policy.tags());
    return shape;
  }

  private static ObjectNode shape(ManagedPolicy policy, ManagedPolicy.Version version) {
    return IamRules.object()
        .put("VersionId", version.id())
        .put("IsDefaultVersion", version.id().equals(policy.defaultVersionId()))
        .put("CreateDate", QueryProtocol.date(version.created()));
  }
}
