package software.amazon.custom.dmscrossaccounts3endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.AmazonWebServicesClientProxy;
import software.amazon.cloudformation.proxy.LoggerProxy;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.cloudformation.proxy.ResourceHandlerTestPayload;
import software.amazon.cloudformation.resource.SchemaValidator;
import software.amazon.cloudformation.resource.Serializer;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/**
 * Entry point for the CloudFormation CLI ({@code cfn test}, {@code cfn invoke}). Its payload
 * differs from that of the registry, the runtime does not validate it, and there are no metrics.
 */
final class TestEntrypoint {

  private static final TypeReference<
          ResourceHandlerTestPayload<ResourceModel, CallbackContext, TypeConfigurationModel>>
      PAYLOAD = new TypeReference<>() {};

  /** Actions whose model the runtime validates in the registry before it calls a handler. */
  private static final Set<Action> VALIDATED = Set.of(Action.CREATE, Action.UPDATE);

  /** Invocation of a handler with a parsed payload. */
  interface Invocation {
    ProgressEvent<ResourceModel, CallbackContext> invoke(
        @Nullable AmazonWebServicesClientProxy proxy,
        ResourceHandlerRequest<ResourceModel> request,
        Action action,
        @Nullable CallbackContext context,
        @Nullable TypeConfigurationModel configuration);
  }

  private final Serializer serializer;
  private final SchemaValidator validator;
  private final Invocation invocation;

  TestEntrypoint(Serializer serializer, SchemaValidator validator, Invocation invocation) {
    this.serializer = serializer;
    this.validator = validator;
    this.invocation = invocation;
  }

  /**
   * Returns the event for a payload.
   *
   * @throws IOException where the model cannot be written for its validation
   * @throws software.amazon.cloudformation.resource.exceptions.ValidationException where the model
   *     of a create or an update does not meet the schema
   */
  ProgressEvent<ResourceModel, CallbackContext> answer(
      byte[] bytes, LoggerProxy log, Context context) throws IOException {
    try {
      var payload = serializer.deserialize(new String(bytes, StandardCharsets.UTF_8), PAYLOAD);
      var request = payload == null ? null : payload.getRequest();
      if (request == null) {
        return Dispatcher.failed(HandlerException.invalid("The payload has no request."));
      }
      var problem =
          RequestProblems.of(payload.getAction(), request.getRegion(), request.getAwsAccountId());
      if (problem != null) {
        return Dispatcher.failed(HandlerException.invalid(problem));
      }
      if (VALIDATED.contains(payload.getAction()) && payload.getCallbackContext() == null) {
        validator.validateObject(
            new JSONObject(serializer.serialize(request.getDesiredResourceState())),
            HandlerSchema.asJsonObject());
      }
      return invocation.invoke(
          payload.getCredentials() == null
              ? null
              : new AmazonWebServicesClientProxy(
                  log, payload.getCredentials(), () -> (long) context.getRemainingTimeInMillis()),
          request,
          payload.getAction(),
          payload.getCallbackContext(),
          payload.getTypeConfiguration());
    } catch (JsonMappingException e) {
      return Dispatcher.failed(HandlerException.invalid(RequestProblems.of(e)));
    } catch (JsonProcessingException e) {
      return Dispatcher.failed(
          HandlerException.invalid("The payload is not JSON: " + RequestProblems.firstLine(e)));
    }
  }
}
