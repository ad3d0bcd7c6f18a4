package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What DMS keeps for one account in one Region. What is gone by now is not there. */
public final class DmsRegion {
  /**
   * Something that has tags, whatever it is.
   *
   * @param conditionKey what DMS's own condition keys on these tags begin with
   */
  public record Tagged(
      String conditionKey, Map<String, String> tags, Consumer<Map<String, String>> replace) {}

  /** No answer is as old as this. */
  private static final Duration LONG_AGO = Duration.ofMinutes(5);

  private final World world;
  private final String account;
  private final String region;
  private final Map<String, Endpoint> endpoints = new TreeMap<>();
  private final List<Endpoint> former = new ArrayList<>();
  private final List<ReplicationConfig> configs = new ArrayList<>();
  private final Map<String, ReplicationInstance> instances = new TreeMap<>();
  private final Map<String, ReplicationTask> tasks = new TreeMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private final ExternalIds externalIds;

  DmsRegion(World world, String account, String region) {
    this.world = world;
    this.account = account;
    this.region = region;
    this.externalIds =
        new ExternalIds(
            account, region, world.options().dialect(), world.options().habits().freshIds());
  }

  /** The same Region in that world, with the habits of that world. */
  DmsRegion copy(World there) {
    var copy = new DmsRegion(there, account, region);
    copy.endpoints.putAll(endpoints);
    copy.former.addAll(former);
    copy.configs.addAll(configs);
    copy.instances.putAll(instances);
    copy.tasks.putAll(tasks);
    copy.connections.addAll(connections);
    copy.externalIds.countingOnFrom(externalIds);
    return copy;
  }

  public String account() {
    return account;
  }

  public String region() {
    return region;
  }

  public ExternalIds externalIds() {
    return externalIds;
  }

  private void forgetWhatIsGone() {
    var now = world.now();
    endpoints.values().stream().filter(endpoint -> endpoint.isGone(now)).forEach(former::add);
    endpoints.values().removeIf(endpoint -> endpoint.isGone(now));
    var reuse = world.options().habits().identifierReuseDelay();
    former.removeIf(endpoint -> endpoint.isGone(now.minus(LONG_AGO).minus(reuse)));
    instances.values().removeIf(instance -> instance.isGone(now));
    tasks.values().removeIf(task -> task.isGone(now));
    connections.removeIf(
        connection ->
            connection.isGone(now)
                || !endpoints.containsKey(connection.endpointArn())
                || !instances.containsKey(connection.instanceArn()));
  }

  public List<Endpoint> endpoints() {
    forgetWhatIsGone();
    return List.copyOf(endpoints.values());
  }

  public Optional<Endpoint> endpoint(String arn) {
    forgetWhatIsGone();
    return Optional.ofNullable(endpoints.get(arn));
  }

  /** The endpoints as they were at a moment that is not long ago. */
  public List<Endpoint> endpoints(Instant moment) {
    forgetWhatIsGone();
    return Stream.concat(former.stream(), endpoints.values().stream())
        .filter(endpoint -> endpoint.isThere(moment))
        .toList();
  }

  /** Returns whether an identifier belongs to an endpoint, or did so a moment ago. */
  public boolean isInUse(String identifier) {
    forgetWhatIsGone();
    var then = world.now().minus(world.options().habits().identifierReuseDelay());
    return Stream.concat(former.stream(), endpoints.values().stream())
        .filter(endpoint -> !endpoint.isGone(then))
        .anyMatch(endpoint -> endpoint.identifier().equalsIgnoreCase(identifier));
  }

  public void put(Endpoint endpoint) {
    forgetWhatIsGone();
    endpoints.put(endpoint.arn(), endpoint);
  }

  public List<ReplicationConfig> configs() {
    return List.copyOf(configs);
  }

  public void add(ReplicationConfig config) {
    configs.add(config);
  }

  public List<ReplicationInstance> instances() {
    forgetWhatIsGone();
    return List.copyOf(instances.values());
  }

  public Optional<ReplicationInstance> instance(String arn) {
    forgetWhatIsGone();
    return Optional.ofNullable(instances.get(arn));
  }

  public void put(ReplicationInstance instance) {
    instances.put(instance.arn(), instance);
  }

  public List<ReplicationTask> tasks() {
    forgetWhatIsGone();
    return List.copyOf(tasks.values());
  }

  public Optional<ReplicationTask> task(String arn) {
    forgetWhatIsGone();
    return Optional.ofNullable(tasks.get(arn));
  }

  public void put(ReplicationTask task) {
    tasks.put(task.arn(), task);
  }

  public List<Connection> connections() {
    forgetWhatIsGone();
    return List.copyOf(connections);
  }

  public Optional<Connection> connection(String endpointArn, String instanceArn) {
    return connections().stream()
        .filter(connection -> connection.isBetween(endpointArn, instanceArn))
        .findFirst();
  }

  /** Puts a connection in the place of the one between the same two. */
  public void put(Connection connection) {
    connections.removeIf(
        other -> other.isBetween(connection.endpointArn(), connection.instanceArn()));
    connections.add(connection);
  }

  public Optional<Tagged> tagged(String arn) {
    return endpoint(arn)
        .map(
            endpoint ->
                new Tagged(
                    "dms:endpoint-tag/",
                    endpoint.tags(),
                    tags -> put(endpoint.withTags(world.now(), tags))))
        .or(
            () ->
                instance(arn)
                    .map(
                        instance ->
                            new Tagged(
                                "dms:rep-tag/",
                                instance.tags(),
                                tags -> put(instance.withTags(tags)))))
        .or(
            () ->
                task(arn)
                    .map(
                        task ->
                            new Tagged(
                                "dms:task-tag/", task.tags(), tags -> put(task.withTags(tags)))));
  }
}
