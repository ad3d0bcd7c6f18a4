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
 * Interceptor that writes each call of the SDK to the {@link InvocationLog} of the request. All
 * clients of a container share one.
 *
 * <p>External ids are written as a hash, which shows whether an id has changed.
 */
public final class CallLogger implements ExecutionInterceptor {

  /** Log of the invocation that makes the call. */
  public static final ExecutionAttribute<InvocationLog> LOG =
      new ExecutionAttribute<>("DmsS3EndpointLog");

  /** IAM action of the call, and its caller as text. */
  public static final ExecutionAttribute<List<String>> CALL =
      new ExecutionAttribute<>("DmsS3EndpointCall");

  private static final ExecutionAttribute<Long> STARTED_AT =
      new ExecutionAttribute<>("DmsS3EndpointStartedAt");
  private static final ExecutionAttribute<Integer> ATTEMPTS =
      new ExecutionAttribute<>("DmsS3EndpointAttempts");
  private static final int HASH_LENGTH = 8;

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(STARTED_AT, System.nanoTime());
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
              addRequest(context.request(), line);
              addResponse(context.request(), context.response(), line);
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
              addRequest(context.request(), line);
              log.call(line);
            });
  }

  private static Optional<InvocationLog> logOf(ExecutionAttributes attributes) {
    return Optional.ofNullable(attributes.getAttribute(LOG)).filter(InvocationLog::isOn);
  }

  private static ObjectNode line(ExecutionAttributes attributes) {
    var call = attributes.getAttribute(CALL);
    var startedAt = attributes.getAttribute(STARTED_AT);
    var attempts = attributes.getAttribute(ATTEMPTS);
    return JsonNodeFactory.instance
        .objectNode()
        .put("call", call.get(0))
        .put("caller", call.get(1))
        .put("attempts", attempts == null ? 0 : attempts)
        .put("milliseconds", startedAt == null ? 0 : (System.nanoTime() - startedAt) / 1_000_000);
  }

  private static void addRequest(SdkRequest request, ObjectNode line) {
    if (request instanceof CreateRoleRequest create) {
      addTrustPolicy(create.assumeRolePolicyDocument(), line);
    } else if (request instanceof UpdateAssumeRolePolicyRequest update) {
      addTrustPolicy(update.policyDocument(), line);
    } else if (request instanceof CreateEndpointRequest create) {
      line.put("endpoint", create.endpointIdentifier());
    }
  }

  private static void addTrustPolicy(String document, ObjectNode line) {
    var kind =
        document.contains("ExternalId")
            ? "external id"
            : document.contains("SourceAccount") ? "source conditions" : "open";
    line.put("trust", kind).put("trustHash", hash(document));
  }

  private static void addResponse(SdkRequest request, SdkResponse response, ObjectNode line) {
    if (response instanceof CreateEndpointResponse created) {
      addEndpoint(created.endpoint(), line.putArray("endpoints").addObject());
      if (request instanceof CreateEndpointRequest requested
          && requested.s3Settings() != null
          && created.endpoint().s3Settings() != null) {
        addChangedSettings(requested.s3Settings(), created.endpoint().s3Settings(), line);
      }
    } else if (response instanceof DescribeEndpointsResponse described) {
      var endpoints = line.putArray("endpoints");
      described.endpoints().forEach(endpoint -> addEndpoint(endpoint, endpoints.addObject()));
    } else if (response instanceof GetRoleResponse got) {
      line.put("role", got.role().arn());
    }
  }

  private static void addEndpoint(Endpoint endpoint, ObjectNode line) {
    line.put("arn", endpoint.endpointArn())
        .put("status", endpoint.status())
        .put("externalId", endpoint.externalId() == null ? "absent" : "shown");
    if (endpoint.externalId() != null) {
      line.put("externalIdHash", hash(endpoint.externalId()));
    }
  }

  /** Adds the names of the settings that DMS returns with another value than requested. */
  private static void addChangedSettings(S3Settings requested, S3Settings actual, ObjectNode line) {
    var settings = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : requested.sdkFields()) {
      var requestedValue = field.getValueOrDefault(requested);
      var actualValue = field.getValueOrDefault(actual);
      if (requestedValue != null && !Objects.equals(requestedValue, actualValue)) {
        settings.put(field.memberName(), actualValue == null ? "absent" : "other");
      }
    }
    if (!settings.isEmpty()) {
      line.set("otherwise", settings);
    }
  }

  private static String hash(String text) {
    return DefaultNames.hash(HASH_LENGTH, text);
  }
}
