package software.amazon.custom.dmscrossaccounts3endpoint.accounts;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.ServiceMetadataProvider;
import software.amazon.awssdk.regions.servicemetadata.DmsServiceMetadata;
import software.amazon.awssdk.regions.servicemetadata.IamServiceMetadata;
import software.amazon.awssdk.regions.servicemetadata.LogsServiceMetadata;
import software.amazon.awssdk.regions.servicemetadata.MonitoringServiceMetadata;
import software.amazon.awssdk.regions.servicemetadata.StsServiceMetadata;

/**
 * Hosts and signing Regions of the services that handlers and runtime call. In the packaged jar it
 * stands for the SDK's {@code GeneratedServiceMetadataProvider}, which creates an object of a class
 * of its own for each of the more than three hundred services of AWS before it answers for one.
 */
public final class ServicesThatAreCalled implements ServiceMetadataProvider {

  @Override
  public @Nullable ServiceMetadata serviceMetadata(String endpointPrefix) {
    return switch (endpointPrefix) {
      case "dms" -> new DmsServiceMetadata();
      case "iam" -> new IamServiceMetadata();
      case "sts" -> new StsServiceMetadata();
      case "monitoring" -> new MonitoringServiceMetadata();
      case "logs" -> new LogsServiceMetadata();
      default -> null;
    };
  }
}
