package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.sts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Authorizer;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.Request;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.call.ServiceOperation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyDocument;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.policy.PolicyParser;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.AwsFault;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.Parameters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.wire.QueryProtocol;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Identity;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalCredentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Role;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** STS: sessions of roles for those whom a role's trust policy lets in. */
public final class StsService {
  /** A session that another session asks for lasts an hour at most (IAM User Guide, chaining). */
  private static final int MOST_SECONDS_OF_A_CHAINED_SESSION = 3600;

  /** Session policies may hold so many characters (STS API reference, AssumeRole). */
  private static final int MOST_SESSION_POLICY_CHARACTERS = 2048;

  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:\\/-]*");

  private final World world;

  public StsService(World world) {
    this.world = world;
  }

  public Map<String, ServiceOperation> operations() {
    return Map.of(
        "AssumeRole", this::assumeRole,
        "GetCallerIdentity", this::getCallerIdentity,
        "GetSessionToken", this::getSessionToken);
  }

  private ObjectNode getCallerIdentity(Request request) {
    var caller = request.caller();
    return answer()
        .put("UserId", caller.userId())
        .put("Account", caller.account())
        .put("Arn", caller.arn());
  }

  private ObjectNode getSessionToken(Request request) {
    var seconds = request.parameters().number("DurationSeconds", 900, 129600, 43200);
    var caller = request.caller();
    if (!caller.isAdministrator()) {
      throw Authorizer.denied("sts", "Cannot call GetSessionToken with session credentials");
    }
    var session =
        new Identity(
            caller.kind(),
            caller.account(),
            caller.arn(),
            caller.userId(),
            null,
            List.of(),
            newCredentials(),
            world.now().plusSeconds(seconds));
    world.accessKeys().add(session);
    var answer = answer();
    answer.set("Credentials", credentials(session));
    return answer;
  }

  private ObjectNode assumeRole(Request request) {
    var parameters = request.parameters();
    var arn = parameters.text("RoleArn").required().length(20, 2048).value();
    var name =
        parameters.text("RoleSessionName").required().length(2, 64).matching(SESSION_NAME).value();
    var externalId = parameters.text("ExternalId").length(2, 1224).matching(EXTERNAL_ID).value();
    var seconds = parameters.number("DurationSeconds", 900, 43200, 3600);
    var sessionPolicies = sessionPolicies(parameters);
    if (world.arns().accountOfRole(arn).isEmpty()) {
      throw parameters.invalid(arn + " is invalid");
    }
    var role = trusting(request, arn, name, externalId);
    if (seconds > role.maxSessionDuration()) {
      throw parameters.invalid(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    if (request.caller().roleArn() != null && seconds > MOST_SECONDS_OF_A_CHAINED_SESSION) {
      throw parameters.invalid(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining.");
    }
    var session = open(role, name, Duration.ofSeconds(seconds), sessionPolicies);
    var answer = answer();
    answer.set("Credentials", credentials(session));
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", session.userId())
        .put("Arn", session.arn());
    if (!sessionPolicies.isEmpty()) {
      answer.put("PackedPolicySize", packedSize(parameters));
    }
    return answer;
  }

  /** Opens a session without asking the role's trust policy. */
  public Identity open(
      Role role, String name, Duration time, List<PolicyDocument> sessionPolicies) {
    var account = world.arns().accountOfRole(role.arn()).orElseThrow();
    var session =
        new Identity(
            Identity.Kind.ROLE_SESSION,
            account,
            world.arns().session(account, role.name(), name),
            role.id() + ":" + name,
            role.arn(),
            sessionPolicies,
            newCredentials(),
            world.now().plus(time));
    world.accessKeys().add(session);
    return session;
  }

  private List<PolicyDocument> sessionPolicies(Parameters parameters) {
    var documents = new ArrayList<PolicyDocument>();
    var inline = parameters.text("Policy").length(1, Integer.MAX_VALUE).value();
    if (inline != null) {
      documents.add(PolicyParser.parse(inline, PolicyParser.Kind.PERMISSIONS));
      if (inline.length() > MOST_SESSION_POLICY_CHARACTERS) {
        throw new AwsFault(
            "PackedPolicyTooLarge",
            400,
            "Packed policy consumes %d%% of allotted space, please use smaller policy."
                .formatted(packedSize(parameters)));
      }
    }
    for (var descriptor : parameters.structures("PolicyArns")) {
      var arn = descriptor.text("arn").required().value();
      documents.add(
          world
              .arns()
              .read("iam", arn)
              .flatMap(a -> a.accountId())
              .filter(world::hasAccount)
              .flatMap(account -> world.iam(account).policy(arn))
              .map(policy -> policy.defaultVersion().document())
              .map(text -> PolicyParser.parse(text, PolicyParser.Kind.PERMISSIONS))
              .or(() -> world.awsManagedPolicies().document(arn))
              .orElseThrow(() -> parameters.invalid("Policy " + arn + " does not exist.")));
    }
    return List.copyOf(documents);
  }

  private static int packedSize(Parameters parameters) {
    return parameters.text("Policy").orElse("").length() * 100 / MOST_SESSION_POLICY_CHARACTERS;
  }

  /**
   * The role, if it lets the caller in: its trust policy must, and unless the policy names the
   * caller itself in the same account, the caller's own policies must too. A role that is not there
   * is refused in the same words, so that nobody learns which roles exist.
   */
  private Role trusting(Request request, String arn, String sessionName, String externalId) {
    var caller = request.caller();
    var refused =
        Authorizer.denied(
            "sts",
            "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                .formatted(caller.arn(), arn));
    var role = world.roleNow(arn);
    var keys =
        request
            .authorizer()
            .principalKeys(caller)
            .with("sts:ExternalId", externalId)
            .with("sts:RoleSessionName", sessionName);
    role.ifPresent(r -> keys.withResourceTags("iam:ResourceTag/", r.tags()));
    var trust = role.map(Role::trustPolicy).orElseThrow(() -> refused);
    if (trust.decideFor(
            principal -> request.authorizer().lets(principal, caller), "sts:AssumeRole", keys)
        != PolicyDocument.Decision.ALLOWED) {
      throw refused;
    }
    var sameAccount = world.arns().accountOfRole(arn).filter(caller.account()::equals).isPresent();
    var byName =
        trust.decideFor(principal -> Authorizer.isNamed(principal, caller), "sts:AssumeRole", keys)
            == PolicyDocument.Decision.ALLOWED;
    if (!sameAccount || !byName) {
      request.demand("sts:AssumeRole", arn, keys);
    }
    return role.get();
  }

  private LocalCredentials newCredentials() {
    var ids = world.ids();
    return new LocalCredentials(ids.sessionKey(), ids.secret(), ids.sessionToken());
  }

  private static ObjectNode credentials(Identity session) {
    return answer()
        .put("AccessKeyId", session.credentials().accessKeyId())
        .put("SecretAccessKey", session.credentials().secretAccessKey())
        .put("SessionToken", session.credentials().sessionToken())
        .put("Expiration", QueryProtocol.date(session.expires()));
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }
}
