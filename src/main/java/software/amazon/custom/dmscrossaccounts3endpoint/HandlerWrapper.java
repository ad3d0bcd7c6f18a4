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
 * What CloudFormation invokes: {@link #handleRequest} in the registry, {@link #testEntrypoint} from
 * the CloudFormation CLI. It turns JSON into an operation and the operation's event into JSON.
 * Whatever comes in, an event goes out, and none says {@code InternalFailure} because of the input.
 */
public class HandlerWrapper
    extends LambdaWrapper<ResourceModel, CallbackContext, TypeConfigurationModel> {

  // Once in a JVM, before the first wrapper: wrappers that work at the same time share the folder.
  static {
    PrivateTemporaryFolder.useOutsideLambda();
  }

  private static final TypeReference<
          HandlerRequest<ResourceModel, CallbackContext, TypeConfigurationModel>>
      REQUEST = new TypeReference<>() {};
  private static final TypeReference<ResourceModel> MODEL = new TypeReference<>() {};

  /** For trees only: of the runtime's serializer it is known that it has met the models. */
  private static final ObjectMapper TREES = new ObjectMapper();

  private final Dispatcher dispatcher;
  private final boolean alwaysLogs;
  private final TestEntrypoint test =
      new TestEntrypoint(serializer, validator, this::invokeHandler);

  /**
   * What the Lambda runtime creates, in the Region of {@code AWS_REGION} (Lambda, runtime
   * variables).
   */
  public HandlerWrapper() {
    this(Time.ofMachine(), false);
    dispatcher.warmUp(System.getenv("AWS_REGION"));
  }

  /**
   * A wrapper whose deadlines run by this time.
   *
   * @param alwaysLogs whether calls are logged without a logging role as well
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

  /** What the runtime would fail over, in words; null where it can go on. */
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
      // The runtime's reader fails in many ways over what is no request.
      return "The request is not one of the CloudFormation registry: "
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
   * The runtime makes a publisher of log events where the type is registered with a logging role
   * ({@code AbstractWrapper.initialiseRuntime}); without one nobody would read a log.
   */
  private boolean logs() {
    return alwaysLogs || providerEventsLogger != null;
  }

  /**
   * The entry point of the CloudFormation CLI. Its payload is another than that of the registry,
   * and there are no metrics.
   *
   * @throws IOException where the event can't be written
   */
  public void testEntrypoint(InputStream input, OutputStream output, Context context)
      throws IOException {
    loggerProxy = new LoggerProxy();
    loggerProxy.addLogPublisher(new LambdaLogPublisher(context.getLogger()));
    try (output) {
      writeResponse(output, test.answer(input.readAllBytes(), loggerProxy, context));
    }
  }

  /** As the runtime's, which loads its library of schemas and the type's schema for it. */
  @Override
  protected ResourceModel sanitizeModel(ResourceModel model) throws IOException {
    var properties = (ObjectNode) TREES.readTree(serializer.serialize(model));
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
