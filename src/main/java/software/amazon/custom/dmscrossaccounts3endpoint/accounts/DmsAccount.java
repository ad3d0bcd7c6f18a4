package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.Connection;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeConnectionsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeConnectionsResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationConfigsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationConfigsResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationTasksRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeReplicationTasksResponse;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.InvalidResourceStateException;
import software.amazon.awssdk.services.databasemigration.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.awssdk.services.databasemigration.model.TestConnectionRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.names.Identifiers;

/**
 * The DMS of one account and Region, as this type uses it. A resource that is not there is an empty
 * answer, never an exception: DescribeEndpoints answers ResourceNotFoundFault when a filter matches
 * nothing (API reference). Lists are followed to their last page, and nothing but what was asked
 * for is taken from them.
 */
public final class DmsAccount {

  /** Largest page of DescribeEndpoints (API reference). */
  public static final int LARGEST_PAGE = 100;

  /** Smallest page of DescribeEndpoints (API reference). */
  public static final int SMALLEST_PAGE = 20;

  private final String accountId;
  private final AwsSession session;
  private final DatabaseMigrationClient dms;

  DmsAccount(String accountId, AwsSession session, DatabaseMigrationClient dms) {
    this.accountId = accountId;
    this.session = session;
    this.dms = dms;
  }

  /** The account's id. */
  public String accountId() {
    return accountId;
  }

  /** The endpoint with this ARN. */
  public Optional<Endpoint> findEndpoint(String endpointArn) {
    return describe("endpoint-arn", endpointArn)
        .filter(e -> endpointArn.equals(e.endpointArn()))
        .findFirst();
  }

  /** Whether an endpoint is a target that writes to S3. */
  public static boolean isS3Target(Endpoint endpoint) {
    return "s3".equalsIgnoreCase(endpoint.engineName())
        && "target".equalsIgnoreCase(endpoint.endpointTypeAsString());
  }

  /** The status of an endpoint in lower case, as DMS documents it; empty where it has none. */
  public static String statusOf(Endpoint endpoint) {
    return Objects.requireNonNullElse(endpoint.status(), "").toLowerCase(Locale.ROOT);
  }

  /** The external id that DMS has given to an endpoint. */
  public static Optional<String> externalIdOf(Endpoint endpoint) {
    return Optional.ofNullable(endpoint.externalId()).filter(id -> !id.isBlank());
  }

  /**
   * The endpoint with this identifier, whatever its case. Whether the filters of DescribeEndpoints
   * regard case is not documented: an identifier is looked for as given and in lower case, as DMS
   * may hold it.
   */
  public Optional<Endpoint> findEndpointByIdentifier(String endpointIdentifier) {
    var spellings =
        Stream.of(endpointIdentifier, endpointIdentifier.toLowerCase(Locale.ROOT)).distinct();
    return describe("endpoint-id", spellings.toArray(String[]::new))
        .filter(e -> Identifiers.areSame(endpointIdentifier, e.endpointIdentifier()))
        .findFirst();
  }

  /**
   * The endpoint of any kind that DMS takes to have this identifier or this ARN, which it compares
   * without regard to case. Reads all endpoints of the account.
   */
  public Optional<Endpoint> findEndpointLike(String endpointIdentifier, String endpointArn) {
    var request = DescribeEndpointsRequest.builder().build();
    return describe(request)
        .filter(
            e ->
                Identifiers.areSame(endpointIdentifier, e.endpointIdentifier())
                    || Identifiers.areSame(endpointArn, e.endpointArn()))
        .findFirst();
  }

  private Stream<Endpoint> describe(String filter, String... values) {
    return describe(DescribeEndpointsRequest.builder().filters(filter(filter, values)).build());
  }

  private Stream<Endpoint> describe(DescribeEndpointsRequest request) {
    return all(
        "DescribeEndpoints",
        request,
        dms::describeEndpointsPaginator,
        DescribeEndpointsResponse::endpoints);
  }

  /**
   * One page of the account's S3 target endpoints.
   *
   * @param marker of the page, null for the first
   * @param size wanted size; DMS allows {@link #SMALLEST_PAGE} to {@link #LARGEST_PAGE}
   */
  public DescribeEndpointsResponse s3TargetEndpoints(@Nullable String marker, int size) {
    var request =
        DescribeEndpointsRequest.builder()
            .filters(filter("endpoint-type", "target"), filter("engine-name", "s3"))
            .maxRecords(Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, size)))
            .marker(marker)
            .build();
    try {
      return session.call("DescribeEndpoints", request, dms::describeEndpoints);
    } catch (AwsCallException e) {
      return ifNotFound(e, DescribeEndpointsResponse.builder().build());
    }
  }

  /** The tags of an endpoint, by key; empty where the endpoint is not there. */
  public Map<String, String> tags(String endpointArn) {
    var request = ListTagsForResourceRequest.builder().resourceArn(endpointArn).build();
    try {
      return byKey(
          session.call("ListTagsForResource", request, dms::listTagsForResource).tagList());
    } catch (AwsCallException e) {
      return ifNotFound(e, Map.of());
    }
  }

  /**
   * The tags of several endpoints, by ARN and key. An endpoint that is not there, or has none, is
   * missing.
   */
  public Map<String, Map<String, String>> tagsOfAll(List<String> endpointArns) {
    var request = ListTagsForResourceRequest.builder().resourceArnList(endpointArns).build();
    try {
      var tags = session.call("ListTagsForResource", request, dms::listTagsForResource).tagList();
      var byArn = new TreeMap<String, Map<String, String>>();
      tags.stream()
          .filter(t -> t.resourceArn() != null)
          .collect(groupingBy(Tag::resourceArn))
          .forEach((arn, list) -> byArn.put(arn, byKey(list)));
      return byArn;
    } catch (AwsCallException e) {
      // One of them was deleted since it was listed.
      if (!e.isNotFound()) {
        throw e;
      }
      var byArn = new TreeMap<String, Map<String, String>>();
      endpointArns.forEach(arn -> byArn.put(arn, tags(arn)));
      return byArn;
    }
  }

  /** Creates an endpoint; the answer is not a proof that DMS keeps it. */
  public Endpoint createEndpoint(CreateEndpointRequest request) {
    return session.call("CreateEndpoint", request, dms::createEndpoint).endpoint();
  }

  /**
   * Begins to delete an endpoint; nothing happens where it is not there.
   *
   * @return what DMS says where the endpoint is in use or busy; empty where the deletion has begun
   */
  public Optional<AwsCallException> deleteEndpoint(String endpointArn) {
    var request = DeleteEndpointRequest.builder().endpointArn(endpointArn).build();
    try {
      session.call("DeleteEndpoint", request, dms::deleteEndpoint);
      return Optional.empty();
    } catch (AwsCallException e) {
      return e.is(InvalidResourceStateException.class)
          ? Optional.of(e)
          : ifNotFound(e, Optional.empty());
    }
  }

  /** Sets tags of an endpoint. */
  public void addTags(String endpointArn, Collection<Tag> tags) {
    var request = AddTagsToResourceRequest.builder().resourceArn(endpointArn).tags(tags).build();
    session.call("AddTagsToResource", request, dms::addTagsToResource);
  }

  /** Removes tags of an endpoint. */
  public void removeTags(String endpointArn, Collection<String> keys) {
    var request =
        RemoveTagsFromResourceRequest.builder().resourceArn(endpointArn).tagKeys(keys).build();
    session.call("RemoveTagsFromResource", request, dms::removeTagsFromResource);
  }

  /** The replication tasks that use an endpoint, which is a target. */
  public List<ReplicationTask> tasksOf(String endpointArn) {
    var request =
        DescribeReplicationTasksRequest.builder()
            .filters(filter("endpoint-arn", endpointArn))
            .withoutSettings(true)
            .build();
    return all(
            "DescribeReplicationTasks",
            request,
            dms::describeReplicationTasksPaginator,
            DescribeReplicationTasksResponse::replicationTasks)
        .filter(task -> endpointArn.equals(task.targetEndpointArn()))
        .toList();
  }

  /**
   * The identifiers of the replications without an instance (DMS Serverless) that use an endpoint
   * as their target. All are read, since the reference names no filter for an endpoint. Where DMS
   * has no such thing, or the caller may not see it, there are none.
   */
  public List<String> serverlessReplicationsOf(String endpointArn) {
    var request = DescribeReplicationConfigsRequest.builder().build();
    try {
      return all(
              "DescribeReplicationConfigs",
              request,
              dms::describeReplicationConfigsPaginator,
              DescribeReplicationConfigsResponse::replicationConfigs)
          .filter(config -> endpointArn.equals(config.targetEndpointArn()))
          .map(ReplicationConfig::replicationConfigIdentifier)
          .toList();
    } catch (AwsCallException e) {
      if (e.isThrottling() || !(e.failure() instanceof AwsServiceException)) {
        throw e;
      }
      // Not every Region and no emulator has it, and a role that was made for an older version may
      // not allow it. Where one is overlooked, DMS does not delete the endpoint all the same.
      return List.of();
    }
  }

  /** Begins a test of the connection from a replication instance to an endpoint. */
  public void testConnection(String replicationInstanceArn, String endpointArn) {
    var request =
        TestConnectionRequest.builder()
            .replicationInstanceArn(replicationInstanceArn)
            .endpointArn(endpointArn)
            .build();
    session.call("TestConnection", request, dms::testConnection);
  }

  /** The connections of an endpoint, one for each replication instance that was tested with it. */
  public List<Connection> connectionsOf(String endpointArn) {
    var request =
        DescribeConnectionsRequest.builder().filters(filter("endpoint-arn", endpointArn)).build();
    return all(
            "DescribeConnections",
            request,
            dms::describeConnectionsPaginator,
            DescribeConnectionsResponse::connections)
        .filter(connection -> endpointArn.equals(connection.endpointArn()))
        .toList();
  }

  /** The items of all pages, which are read at once, so that what goes wrong does so here. */
  private <I extends AwsRequest, P, T> Stream<T> all(
      String operation, I request, Function<I, SdkIterable<P>> pages, Function<P, List<T>> items) {
    try {
      return session.list(operation, request, pages, items).stream();
    } catch (AwsCallException e) {
      return ifNotFound(e, Stream.empty());
    }
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static Map<String, String> byKey(List<Tag> tags) {
    return tags.stream()
        .collect(
            toMap(Tag::key, t -> t.value() == null ? "" : t.value(), (a, b) -> b, TreeMap::new));
  }

  private static <T> T ifNotFound(AwsCallException e, T nothing) {
    if (e.isNotFound()) {
      return nothing;
    }
    throw e;
  }
}
