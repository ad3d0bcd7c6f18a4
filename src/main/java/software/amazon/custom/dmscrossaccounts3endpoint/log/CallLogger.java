package software.amazon.custom.dmscrossaccounts3endpoint.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.S3Settings;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.names.DefaultNames;

/**
 * Writes each call of the SDK to the {@link InvocationLog} that the request brings along. One for
 * all clients of a container.
 *
 * <p>External ids are written as a hash, by which a change is seen.
 */
public final class CallLogger implements ExecutionInterceptor {

  /** The log that a request brings along. */
  public static final ExecutionAttribute<InvocationLog> LOG =
      new ExecutionAttribute<>("DmsS3EndpointLog");

  /** The IAM action of a request, and the caller in words. */
  public static final ExecutionAttribute<List<String>> CALL =
      new ExecutionAttribute<>("DmsS3EndpointCall");

  private static final ExecutionAttribute<Long> BEGUN =
      new ExecutionAttribute<>("DmsS3EndpointBegun");
  private static final ExecutionAttribute<Integer> ATTEMPTS =
      new ExecutionAttribute<>("DmsS3EndpointAttempts");
  private static final int HASH = 8;

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(BEGUN, System.nanoTime());
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    var before = attributes.getAttribute(ATTEMPTS);
    attributes.putAttribute(ATTEMPTS, before == null ? 1 : before + 1);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    logOf(attributes)
        .ifPresent(
            log -> {
              var line = line(attributes).put("status", context.httpResponse().statusCode());
              if (context.response() instanceof AwsResponse response) {
                line.put("requestId", response.responseMetadata().requestId());
              }
              asked(context.request(), line);
              answered(context.request(), context.response(), line);
              log.call(line);
            });
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    logOf(attributes)
        .ifPresent(
            log -> {
              var line = line(attributes);
              if (context.exception() instanceof AwsServiceException answer) {
                line.put("status", answer.statusCode()).put("requestId", answer.requestId());
                Optional.ofNullable(answer.awsErrorDetails())
                    .ifPresent(
                        d -> line.put("error", d.errorCode()).put("message", d.errorMessage()));
              } else {
                line.put("error", context.exception().getClass().getSimpleName())
                    .put("message", String.valueOf(context.exception().getMessage()));
              }
              asked(context.request(), line);
              log.call(line);
            });
  }

  private static Optional<InvocationLog> logOf(ExecutionAttributes attributes) {
    return Optional.ofNullable(attributes.getAttribute(LOG)).filter(InvocationLog::isOn);
  }

  private static ObjectNode line(ExecutionAttributes attributes) {
    var call = attributes.getAttribute(CALL);
    var begun = attributes.getAttribute(BEGUN);
    var attempts = attributes.getAttribute(ATTEMPTS);
    return JsonNodeFactory.instance
        .objectNode()
        .put("call", call.get(0))
        .put("caller", call.get(1))
        .put("attempts", attempts == null ? 0 : attempts)
        .put("milliseconds", begun == null ? 0 : (System.nanoTime() - begun) / 1_000_000);
  }

  private static void asked(SdkRequest request, ObjectNode line) {
    if (request instanceof CreateRoleRequest create) {
      trust(create.assumeRolePolicyDocument(), line);
    } else if (request instanceof UpdateAssumeRolePolicyRequest update) {
      trust(update.policyDocument(), line);
    } else if (request instanceof CreateEndpointRequest create) {
      line.put("endpoint", create.endpointIdentifier());
    }
  }

  private static void trust(String document, ObjectNode line) {
    var kind =
        document.contains("ExternalId")
            ? "external id"
            : document.contains("SourceAccount") ? "source conditions" : "open";
    line.put("trust", kind).put("trustHash", hash(document));
  }

  private static void answered(SdkRequest request, SdkResponse response, ObjectNode line) {
    if (response instanceof CreateEndpointResponse created) {
      describe(created.endpoint(), line.putArray("endpoints").addObject());
      if (request instanceof CreateEndpointRequest asked
          && asked.s3Settings() != null
          && created.endpoint().s3Settings() != null) {
        otherwise(asked.s3Settings(), created.endpoint().s3Settings(), line);
      }
    } else if (response instanceof DescribeEndpointsResponse described) {
      var endpoints = line.putArray("endpoints");
      described.endpoints().forEach(endpoint -> describe(endpoint, endpoints.addObject()));
    } else if (response instanceof GetRoleResponse got) {
      line.put("role", got.role().arn());
    }
  }

  private static void describe(Endpoint endpoint, ObjectNode line) {
    line.put("arn", endpoint.endpointArn())
        .put("status", endpoint.status())
        .put("externalId", endpoint.externalId() == null ? "absent" : "shown");
    if (endpoint.externalId() != null) {
      line.put("externalIdHash", hash(endpoint.externalId()));
    }
  }

  /** The names of the settings that come back otherwise than they were asked for. */
  private static void otherwise(S3Settings asked, S3Settings held, ObjectNode line) {
    var settings = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : asked.sdkFields()) {
      var wanted = field.getValueOrDefault(asked);
      var shown = field.getValueOrDefault(held);
      if (wanted != null && !Objects.equals(wanted, shown)) {
        settings.put(field.memberName(), shown == null ? "absent" : "other");
      }
    }
    if (!settings.isEmpty()) {
      line.set("otherwise", settings);
    }
  }

  private static String hash(String text) {
    return DefaultNames.hash(HASH, text);
  }
}
