package software.amazon.custom.dmscrossaccounts3endpoint.local.aws;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Says how a {@link LocalAws} is to behave and starts it. Every option has a default. */
public final class LocalAwsBuilder {
  private record Pair(String dms, String lake) {}

  private static final Map<String, String> HOME_REGIONS =
      Map.of("aws", "eu-central-1", "aws-cn", "cn-north-1", "aws-us-gov", "us-gov-west-1");

  private final Set<String> accounts = new LinkedHashSet<>();
  private final Set<Pair> allowList = new LinkedHashSet<>();
  private final Map<String, String> organizations = new LinkedHashMap<>();
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
  private boolean lowerCaseIdentifiers;
  private Set<String> droppedOnCreate = Set.of();
  private boolean droppedShowInSettings;
  private int largestPage = Integer.MAX_VALUE;
  private boolean filters = true;
  private boolean resourceIdentifiers = true;
  private boolean externalIds = true;
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

  /** Whether DMS stores endpoint identifiers in lower case. Default: as given. */
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
                port));
    allowList.forEach(pair -> world.allowList().allow(pair.dms(), pair.lake()));
    return LocalAws.start(world);
  }
}
