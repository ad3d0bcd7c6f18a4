package software.amazon.custom.dmscrossaccounts3endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.LambdaWrapper;
import software.amazon.cloudformation.injection.SessionCredentialsProvider;
import software.amazon.cloudformation.loggers.LambdaLogPublisher;
import software.amazon.cloudformation.proxy.AmazonWebServicesClientProxy;
import software.amazon.cloudformation.proxy.HandlerRequest;
import software.amazon.cloudformation.proxy.LoggerProxy;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.cloudformation.resource.Serializer;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.ModelValidator;
import software.amazon.custom.dmscrossaccounts3endpoint.settings.TagSet;

/**
 * Entry points for CloudFormation: {@link #handleRequest} for the registry and {@link
 * #testEntrypoint} for the CloudFormation CLI. The wrapper turns JSON into an operation, and the
 * event of the operation into JSON. Every input results in an event, and no input results in {@code
 * InternalFailure}.
 */
public class HandlerWrapper
    extends LambdaWrapper<ResourceModel, CallbackContext, TypeConfigurationModel> {

  // Once per JVM, before the first wrapper: concurrent wrappers share the folder.
  static {
    PrivateTemporaryFolder.useOutsideLambda();
  }

  private static final TypeReference<
          HandlerRequest<ResourceModel, CallbackContext, TypeConfigurationModel>>
      REQUEST = new TypeReference<>() {};
  private static final TypeReference<ResourceModel> MODEL = new TypeReference<>() {};

  /** For JSON trees only; models are read and written by the runtime's serializer. */
  private static final ObjectMapper JSON_TREES = new ObjectMapper();

  private final Dispatcher dispatcher;
  private final boolean alwaysLogs;
  private final TestEntrypoint test =
      new TestEntrypoint(serializer, validator, this::invokeHandler);

  /**
   * Creates the wrapper in Lambda, in the Region of {@code AWS_REGION} (Lambda, runtime variables).
   */
  public HandlerWrapper() {
    this(Time.ofMachine(), false);
    dispatcher.warmUp(System.getenv("AWS_REGION"));
  }

  /**
   * Creates a wrapper.
   *
   * @param time clock of deadlines and waits
   * @param alwaysLogs whether calls are also logged without a logging role
   */
  public HandlerWrapper(Time time, boolean alwaysLogs) {
    super(
        new SessionCredentialsProvider(),
        null,
        null,
        null,
        new ModelValidator(),
        new Serializer(),
        HTTP_CLIENT);
    this.alwaysLogs = alwaysLogs;
    this.dispatcher = new Dispatcher(time);
  }

  @Override
  public void processRequest(InputStream input, OutputStream output) throws IOException {
    var bytes = input == null ? new byte[0] : input.readAllBytes();
    var problem = problemOf(bytes);
    if (problem == null) {
      super.processRequest(new ByteArrayInputStream(bytes), output);
    } else {
      writeResponse(output, Dispatcher.failed(HandlerException.invalid(problem)));
    }
  }

  /** Returns the problem because of which the runtime would fail; null for none. */
  private @Nullable String problemOf(byte[] bytes) {
    try {
      var text = serializer.decompress(new String(bytes, StandardCharsets.UTF_8));
      var request = serializer.deserialize(text, REQUEST);
      var data = new JSONObject(text).getJSONObject("requestData");
      if (Dispatcher.MUTATING.contains(request.getAction())) {
        data.getJSONObject("resourceProperties");
      }
      return RequestProblems.of(
          request.getAction(), request.getRegion(), request.getAwsAccountId());
    } catch (JsonMappingException e) {
      return RequestProblems.of(e);
    } catch (IOException | RuntimeException e) {
      // The runtime's parser throws many kinds of exceptions for a text that is not a request.
      return "The request is not a request of the CloudFormation registry: "
          + RequestProblems.firstLine(e);
    }
  }

  @Override
  public ProgressEvent<ResourceModel, CallbackContext> invokeHandler(
      @Nullable AmazonWebServicesClientProxy proxy,
      ResourceHandlerRequest<ResourceModel> request,
      Action action,
      @Nullable CallbackContext context,
      @Nullable TypeConfigurationModel configuration) {
    return dispatcher.dispatch(
        proxy, request, action, context, configuration, logs() ? loggerProxy::log : null);
  }

  /**
   * Returns whether to write a log. The runtime creates a publisher of log events where the type is
   * registered with a logging role ({@code AbstractWrapper.initialiseRuntime}). Without a publisher
   * the log would be lost.
   */
  private boolean logs() {
    return alwaysLogs || providerEventsLogger != null;
  }

  /**
   * Handles a request of the CloudFormation CLI. Its payload differs from that of the registry, and
   * there are no metrics.
   *
   * @throws IOException where the event cannot be written
   */
  public void testEntrypoint(InputStream input, OutputStream output, Context context)
      throws IOException {
    loggerProxy = new LoggerProxy();
    loggerProxy.addLogPublisher(new LambdaLogPublisher(context.getLogger()));
    try (output) {
      writeResponse(output, test.answer(input.readAllBytes(), loggerProxy, context));
    }
  }

  /** Removes write-only properties. The runtime's method would load its schema library for it. */
  @Override
  protected ResourceModel sanitizeModel(ResourceModel model) throws IOException {
    var properties = (ObjectNode) JSON_TREES.readTree(serializer.serialize(model));
    HandlerSchema.removeWriteOnly(properties);
    return serializer.deserialize(properties.toString(), MODEL);
  }

  @Override
  public JSONObject provideResourceSchemaJSONObject() {
    return HandlerSchema.asJsonObject();
  }

  @Override
  public Map<String, String> provideResourceDefinedTags(ResourceModel model) {
    return model == null ? Map.of() : TagSet.ofModel(model.getTags());
  }

  @Override
  protected ResourceHandlerRequest<ResourceModel> transform(
      HandlerRequest<ResourceModel, CallbackContext, TypeConfigurationModel> request) {
    var data = request.getRequestData();
    return ResourceHandlerRequest.<ResourceModel>builder()
        .clientRequestToken(request.getBearerToken())
        .desiredResourceState(data.getResourceProperties())
        .previousResourceState(data.getPreviousResourceProperties())
        .desiredResourceTags(getDesiredResourceTags(request))
        .systemTags(data.getSystemTags())
        .awsAccountId(request.getAwsAccountId())
        .awsPartition(PartitionMetadata.of(Region.of(request.getRegion())).id())
        .logicalResourceIdentifier(data.getLogicalResourceId())
        .nextToken(request.getNextToken())
        .region(request.getRegion())
        .maxResults(request.getMaxResults())
        .build();
  }

  @Override
  protected TypeReference<HandlerRequest<ResourceModel, CallbackContext, TypeConfigurationModel>>
      getTypeReference() {
    return REQUEST;
  }

  @Override
  protected TypeReference<ResourceModel> getModelTypeReference() {
    return MODEL;
  }
}
