package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks.TemplateReader;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.BeforePropagation;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.ExternalIdShown;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Habits;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.HandshakeDialect;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalAwsOptions;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.LocalClock;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.MissingRoleResource;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.Quota;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.TagCharacters;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world.World;

/** Says how a {@link LocalAws} is to behave and starts it. Every option has a default. */
public final class LocalAwsBuilder {
  private record Pair(String dms, String lake) {}

  private static final Map<String, String> HOME_REGIONS =
      Map.of("aws", "eu-central-1", "aws-cn", "cn-north-1", "aws-us-gov", "us-gov-west-1");

  private final Set<String> accounts = new LinkedHashSet<>();
  private final Set<Pair> allowList = new LinkedHashSet<>();
  private final Map<String, String> organizations = new LinkedHashMap<>();
  private final Map<String, String> organizationPaths = new LinkedHashMap<>();
  private final Map<String, String> bucketOwners = new LinkedHashMap<>();
  private String partition = "aws";
  private String region;
  private Duration propagation = Duration.ofSeconds(2);
  private Duration settleTime = Duration.ofSeconds(1);
  private HandshakeDialect dialect = HandshakeDialect.NOTHING_KEPT;
  private BeforePropagation beforePropagation = BeforePropagation.DENIED;
  private LocalClock clock = LocalClock.system();
  private boolean enforceIam;
  private boolean shoutingEnums = true;
  private boolean lowerCaseIdentifiers = true;
  private Set<String> droppedOnCreate = Set.of();
  private boolean droppedShowInSettings;
  private int largestPage = Integer.MAX_VALUE;
  private boolean filters = true;
  private boolean resourceIdentifiers = true;
  private boolean externalIds = true;
  private Habits habits = Habits.ASSUMED;
  private TemplateReader templates =
      (template, account, region, parameters) -> {
        throw new IllegalArgumentException("The local AWS was not told how to read templates");
      };
  private int port;

  LocalAwsBuilder() {}

  /**
   * The partition: {@code aws} (the default), {@code aws-cn} or {@code aws-us-gov}.
   *
   * @throws IllegalArgumentException when it is another one
   */
  public LocalAwsBuilder partition(String name) {
    if (!HOME_REGIONS.containsKey(name)) {
      throw new IllegalArgumentException("No such partition: " + name);
    }
    partition = name;
    return this;
  }

  /**
   * The Region of what is set up through {@link LocalAws} itself; calls bring their own. Default:
   * {@code eu-central-1}, {@code cn-north-1} or {@code us-gov-west-1}.
   */
  public LocalAwsBuilder region(String name) {
    region = name;
    return this;
  }

  /**
   * Adds an account with an administrator.
   *
   * @throws IllegalArgumentException when the id is not made of twelve digits
   */
  public LocalAwsBuilder account(String id) {
    if (!id.matches("\\d{12}")) {
      throw new IllegalArgumentException("An account id has twelve digits: " + id);
    }
    accounts.add(id);
    return this;
  }

  /** Opens a pair of accounts for DMS, as AWS Support does; adds both accounts. */
  public LocalAwsBuilder allowList(String dmsAccount, String dataLakeAccount) {
    account(dmsAccount).account(dataLakeAccount);
    allowList.add(new Pair(dmsAccount, dataLakeAccount));
    return this;
  }

  /** What {@code aws:PrincipalOrgID} holds for callers of that account. Default: no such key. */
  public LocalAwsBuilder organization(String account, String organizationId) {
    account(account);
    organizations.put(account, organizationId);
    return this;
  }

  /** What {@code aws:PrincipalOrgPaths} holds for callers of that account. Default: no such key. */
  public LocalAwsBuilder organizationPath(String account, String path) {
    account(account);
    organizationPaths.put(account, path);
    return this;
  }

  /** Who owns a bucket. Default: the account of the role that writes to it. */
  public LocalAwsBuilder bucketOwner(String bucket, String account) {
    bucketOwners.put(bucket, account);
    return this;
  }

  /** How long DMS does not see changes of roles, policies and attachments. Default 2 s. */
  public LocalAwsBuilder propagation(Duration time) {
    propagation = time;
    return this;
  }

  /** How long endpoints are creating and deleting and connections testing. Default 1 s. */
  public LocalAwsBuilder settleTime(Duration time) {
    settleTime = time;
    return this;
  }

  /** What becomes of an endpoint whose role does not ask for its id yet. Default: nothing kept. */
  public LocalAwsBuilder dialect(HandshakeDialect handshakeDialect) {
    dialect = handshakeDialect;
    return this;
  }

  /** What a call gets while a change has not propagated. Default: denied. */
  public LocalAwsBuilder beforePropagation(BeforePropagation answer) {
    beforePropagation = answer;
    return this;
  }

  /** The time that everything goes by. Default: the machine's. */
  public LocalAwsBuilder clock(LocalClock localClock) {
    clock = localClock;
    return this;
  }

  /** Whether policies of callers are evaluated; trust policies always are. Default: no. */
  public LocalAwsBuilder enforceIam(boolean enforce) {
    enforceIam = enforce;
    return this;
  }

  /** Whether enumerations come back as {@code GZIP} and {@code SSE_S3}. Default: yes. */
  public LocalAwsBuilder shoutingEnums(boolean shouting) {
    shoutingEnums = shouting;
    return this;
  }

  /** Sets whether DMS stores endpoint identifiers in lower case. Default: yes, as was recorded. */
  public LocalAwsBuilder lowerCaseIdentifiers(boolean lowerCase) {
    lowerCaseIdentifiers = lowerCase;
    return this;
  }

  /**
   * Members of {@code S3Settings} that {@code CreateEndpoint} ignores there but honours as extra
   * connection attributes. Default: none.
   */
  public LocalAwsBuilder droppedOnCreate(Set<String> members) {
    droppedOnCreate = Set.copyOf(members);
    return this;
  }

  /** Whether such members, given as attributes, show among the S3 settings too. Default: no. */
  public LocalAwsBuilder droppedShowInSettings(boolean show) {
    droppedShowInSettings = show;
    return this;
  }

  /**
   * How many items a page of a listing holds at most; both IAM and DMS may return fewer than asked
   * for although there are more. Default: as many as asked for.
   */
  public LocalAwsBuilder largestPage(int items) {
    largestPage = items;
    return this;
  }

  /**
   * Whether DMS's describe operations heed filters; some emulators list everything. Default: yes.
   */
  public LocalAwsBuilder filters(boolean heeded) {
    filters = heeded;
    return this;
  }

  /**
   * Whether DMS makes an endpoint's ARN of the {@code ResourceIdentifier} that is asked for; some
   * emulators make one up. Default: yes.
   */
  public LocalAwsBuilder resourceIdentifiers(boolean heeded) {
    resourceIdentifiers = heeded;
    return this;
  }

  /**
   * Whether DMS gives an S3 endpoint an external id; some emulators give none, and keep every
   * endpoint. Default: yes.
   */
  public LocalAwsBuilder externalIds(boolean given) {
    externalIds = given;
    return this;
  }

  /** Where DMS shows an endpoint's external id. Default: wherever it can. */
  public LocalAwsBuilder externalIdShown(ExternalIdShown where) {
    habits = habits.withExternalIdShown(where);
    return this;
  }

  /**
   * Whether an endpoint that is created after a healthy one of its ARN was deleted gets another
   * external id; nothing is documented. Default: the same one.
   */
  public LocalAwsBuilder freshIds(boolean fresh) {
    habits = habits.withFreshIds(fresh);
    return this;
  }

  /**
   * Whether DMS sends {@code aws:SourceAccount} and {@code aws:SourceArn} when {@code
   * CreateEndpoint} checks the role. The DMS User Guide ("Cross-service confused deputy
   * prevention") has them from replication engine 3.4.7 on, and does not speak of this check.
   * Default: yes.
   */
  public LocalAwsBuilder sourceKeys(boolean sent) {
    habits = habits.withSourceKeys(sent);
    return this;
  }

  /**
   * How old an answer of IAM and DMS to a read may be: each object and each list by itself, newer
   * and older answers in turn. What writes decide is decided by the present. Default: not at all.
   */
  public LocalAwsBuilder staleness(Duration most) {
    return staleness(most, 0);
  }

  /**
   * As {@link #staleness(Duration)}, with ages by chance.
   *
   * @param seed makes the ages; 0 for newer and older answers in turn
   */
  public LocalAwsBuilder staleness(Duration most, long seed) {
    habits = habits.withStaleness(most).withStalenessSeed(seed);
    return this;
  }

  /** How long after an endpoint its tags are seen. Default: at once. */
  public LocalAwsBuilder tagsLag(Duration time) {
    habits = habits.withTagsLag(time);
    return this;
  }

  /**
   * How long IAM answers {@code DeleteConflict} for a role and a policy after they were detached,
   * as public tools see it. Default: not at all.
   */
  public LocalAwsBuilder detachLag(Duration time) {
    habits = habits.withDetachLag(time);
    return this;
  }

  /**
   * How long IAM's authorization does not know path, boundary and tags of a role or a policy that
   * was made. Default: not at all.
   */
  public LocalAwsBuilder authorizationLag(Duration time) {
    habits = habits.withAuthorizationLag(time);
    return this;
  }

  /** How calls on a role that is not there are judged. Default: without a path. */
  public LocalAwsBuilder missingRoleResource(MissingRoleResource resource) {
    habits = habits.withMissingRoleResource(resource);
    return this;
  }

  /**
   * What DMS makes of texts among the S3 settings when an endpoint is created. Default: nothing.
   */
  public LocalAwsBuilder respelled(Map<String, UnaryOperator<String>> bySetting) {
    habits = habits.withRespelled(Map.copyOf(bySetting));
    return this;
  }

  /** Members of {@code S3Settings} that are in effect and in no answer. Default: none. */
  public LocalAwsBuilder notShown(Set<String> members) {
    habits = habits.withNotShown(Set.copyOf(members));
    return this;
  }

  /** Extra connection attributes that DMS drops without a word. Default: none. */
  public LocalAwsBuilder droppedAttributes(Set<String> names) {
    habits = habits.withDroppedAttributes(Set.copyOf(names));
    return this;
  }

  /** What DMS makes of extra connection attributes, by name. Default: nothing. */
  public LocalAwsBuilder respelledAttributes(Map<String, UnaryOperator<String>> byName) {
    habits = habits.withRespelledAttributes(Map.copyOf(byName));
    return this;
  }

  /**
   * Whether texts among the S3 settings that were not given come back empty, as in published
   * examples of the AWS CLI. Default: no.
   */
  public LocalAwsBuilder emptyTexts(boolean shown) {
    habits = habits.withEmptyTexts(shown);
    return this;
  }

  /** Whether filters of identifiers regard case; duplicates never do. Default: no. */
  public LocalAwsBuilder filtersRegardCase(boolean regard) {
    habits = habits.withFiltersRegardCase(regard);
    return this;
  }

  /** The only service principal that DMS comes as. Default: any of those that it documents. */
  public LocalAwsBuilder servicePrincipal(String principal) {
    habits = habits.withServicePrincipal(principal);
    return this;
  }

  /**
   * How long after an endpoint is gone its identifier is still refused as in use. Default: not at
   * all.
   */
  public LocalAwsBuilder identifierReuseDelay(Duration time) {
    habits = habits.withIdentifierReuseDelay(time);
    return this;
  }

  /**
   * Whether the denial of a pair of accounts that is not allow-listed says "Cross-account pass role
   * is not allowed.", as other services do; no answer of DMS that does is public. Default: no, it
   * is the same as that of a role that can't be used.
   */
  public LocalAwsBuilder namesMissingAllowListing(boolean named) {
    habits = habits.withNamesMissingAllowListing(named);
    return this;
  }

  /**
   * The extra connection attributes of S3 endpoints that DMS takes although no S3 setting is called
   * so; others are refused. Default: none.
   */
  public LocalAwsBuilder knownAttributes(Set<String> names) {
    habits = habits.withKnownAttributes(Set.copyOf(names));
    return this;
  }

  /**
   * Sets whether DMS shows a KMS key that is given by its id alone as this id. Default: no, by the
   * ARN of a key of the account that calls DMS, in the endpoint's Region.
   */
  public LocalAwsBuilder keyIdsAsGiven(boolean asGiven) {
    habits = habits.withKeyIdsAsGiven(asGiven);
    return this;
  }

  /** The characters that tags of DMS may hold. Default: the documented ones. */
  public LocalAwsBuilder tagCharacters(TagCharacters characters) {
    habits = habits.withTagCharacters(characters);
    return this;
  }

  /**
   * How many calls of a service each account may make in each Region; the others are throttled. Of
   * IAM only writes count. Default for {@code dms}: 8 in a second and 200 at once (DMS User Guide,
   * "Quotas for AWS DMS"); for other services, whose limits are not documented: as many as come.
   *
   * @param service {@code dms}, {@code iam} or {@code sts}
   * @param perSecond how many are let through in a second
   * @param burst how many at once after a rest
   */
  public LocalAwsBuilder quota(String service, double perSecond, int burst) {
    var quotas = new HashMap<>(habits.quotas());
    quotas.put(service, new Quota(perSecond, burst));
    habits = habits.withQuotas(Map.copyOf(quotas));
    return this;
  }

  /** Lets as many calls of a service through as come. */
  public LocalAwsBuilder noQuota(String service) {
    var quotas = new HashMap<>(habits.quotas());
    quotas.remove(service);
    habits = habits.withQuotas(Map.copyOf(quotas));
    return this;
  }

  /** Who reads the templates of StackSets. Default: nobody, so that none can be deployed. */
  public LocalAwsBuilder templates(TemplateReader reader) {
    templates = reader;
    return this;
  }

  /** The port on 127.0.0.1. Default 0: any free one. */
  public LocalAwsBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws UncheckedIOException when the port can't be bound
   */
  public LocalAws start() {
    var world =
        new World(
            new LocalAwsOptions(
                partition,
                region == null ? HOME_REGIONS.get(partition) : region,
                Set.copyOf(accounts),
                Map.copyOf(organizations),
                Map.copyOf(organizationPaths),
                Map.copyOf(bucketOwners),
                propagation,
                settleTime,
                dialect,
                beforePropagation,
                clock,
                enforceIam,
                shoutingEnums,
                lowerCaseIdentifiers,
                droppedOnCreate,
                droppedShowInSettings,
                largestPage,
                filters,
                resourceIdentifiers,
                externalIds,
                habits,
                port));
    allowList.forEach(pair -> world.allowList().allow(pair.dms(), pair.lake()));
    return LocalAws.start(world, templates);
  }
}
