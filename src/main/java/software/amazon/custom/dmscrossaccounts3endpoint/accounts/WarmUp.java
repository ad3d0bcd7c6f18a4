package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import java.util.List;
import java.util.function.Supplier;
import javax.xml.stream.XMLInputFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * What every operation needs sooner or later, made while the runtime still reads the first request
 * or waits for the first answer. It calls nothing.
 */
final class WarmUp {

  /** In the order in which a READ needs them; each makes a function for every member it has. */
  private static final List<Supplier<SdkPojo>> SHAPES =
      List.of(
          () -> DescribeEndpointsRequest.builder().build(),
          () -> DescribeEndpointsResponse.builder().build(),
          () -> Endpoint.builder().build(),
          () -> S3Settings.builder().build(),
          () -> ListTagsForResourceRequest.builder().build(),
          () -> ListTagsForResourceResponse.builder().build(),
          () -> AssumeRoleRequest.builder().build(),
          () -> AssumeRoleResponse.builder().build(),
          () -> GetRoleRequest.builder().build(),
          () -> GetRoleResponse.builder().build(),
          () -> Role.builder().build(),
          () -> ListAttachedRolePoliciesRequest.builder().build(),
          () -> ListAttachedRolePoliciesResponse.builder().build());

  private WarmUp() {}

  static void start(AwsClients clients, String region) {
    var thread = new Thread(() -> run(clients, region), "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(AwsClients clients, String region) {
    try {
      clients.dms(region);
      clients.sts(region);
      clients.iam(PartitionMetadata.of(Region.of(region)).id());
      SHAPES.forEach(shape -> shape.get().sdkFields());
      XMLInputFactory.newInstance();
    } catch (RuntimeException | LinkageError e) {
      // Whoever needs it does it again, and there the failure is told.
    }
  }
}
