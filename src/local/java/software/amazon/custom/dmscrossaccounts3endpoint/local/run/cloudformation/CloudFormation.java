package software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.InvocationAborted;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.provider.Provider;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * Calls the provider as CloudFormation does for one resource of one stack.
 *
 * <p>After an event IN_PROGRESS the provider is called again, not before the event's delay has
 * passed, with the event's callback context, and with the event's model in place of the properties.
 * Every invocation of an operation has the same token and fresh credentials. An operation ends with
 * its first final event, unless that is a failure that {@link RetryPolicy} repeats; or when it has
 * run for the handler's {@code timeoutInMinutes}; or when it has used up its invocations.
 *
 * <p>Not safe for use by several threads at once when the provider is not. All methods throw {@link
 * ContractBreach} for an answer that breaks the handler contract.
 */
public final class CloudFormation {
  private final Provider provider;
  private final ResourceSchema schema;
  private final String region;
  private final String account;
  private final String stackName;
  private final String stackId;
  private final String logicalId;
  private final ObjectNode typeConfiguration;
  private final Supplier<Credentials> credentials;
  private final Supplier<Credentials> loggingRole;
  private final String logGroup;
  private final Supplier<? extends Collection<String>> furtherSecrets;
  private final Time time;
  private final Listener listener;
  private final RetryPolicy retries;
  private final int maxInvocations;

  private CloudFormation(Builder builder) {
    provider = builder.provider;
    schema = builder.schema;
    region = builder.region;
    account = builder.account;
    stackName = builder.stackName;
    logicalId = builder.logicalId;
    typeConfiguration = builder.typeConfiguration;
    credentials = Objects.requireNonNull(builder.credentials, "credentials");
    loggingRole = builder.loggingRole;
    logGroup = builder.logGroup;
    furtherSecrets = builder.furtherSecrets;
    time = builder.time;
    listener = builder.listener;
    retries = builder.retries;
    maxInvocations = builder.maxInvocations;
    stackId = stackName == null ? null : stackId();
  }

  private String stackId() {
    return Arn.builder()
        .partition(PartitionMetadata.of(Region.of(region)).id())
        .service("cloudformation")
        .region(region)
        .accountId(account)
        .resource(
            "stack/"
                + stackName
                + "/"
                + UUID.nameUUIDFromBytes(stackName.getBytes(StandardCharsets.UTF_8)))
        .build()
        .toString();
  }

  /** Begins to describe a caller. */
  public static Builder calling(Provider provider) {
    return new Builder(provider);
  }

  /** The schema of the type. */
  public ResourceSchema schema() {
    return schema;
  }

  /** Creates a resource. */
  public Outcome create(ObjectNode properties) {
    return run(StackOperation.create(properties));
  }

  /**
   * Reads a resource.
   *
   * @param identifier a model that holds at least an identifier
   */
  public Outcome read(ObjectNode identifier) {
    return run(StackOperation.read(identifier));
  }

  /**
   * Updates a resource.
   *
   * @param properties the model asked for, with the identifier
   */
  public Outcome update(ObjectNode properties, ObjectNode previous) {
    return run(StackOperation.update(properties, previous));
  }

  /**
   * Deletes a resource.
   *
   * @param model a model that holds at least the identifier
   */
  public Outcome delete(ObjectNode model) {
    return run(StackOperation.delete(model));
  }

  /**
   * Lists all resources, page after page.
   *
   * @return how each page ended; the last one failed or has no next token
   */
  public List<Outcome> list() {
    var pages = new ArrayList<Outcome>();
    var operation = StackOperation.list();
    while (true) {
      var page = run(operation);
      pages.add(page);
      if (page.nextToken().isEmpty() || pages.size() == maxInvocations) {
        return List.copyOf(pages);
      }
      operation = StackOperation.list().withNextToken(page.nextToken().get());
    }
  }

  /** Runs any operation to its end. */
  public Outcome run(StackOperation operation) {
    var contract = new HandlerContract(schema, operation);
    var events = new ArrayList<Event>();
    var secrets = new LinkedHashSet<String>();
    var deadline = time.now().plus(schema.timeout(operation.action()));
    var properties = operation.properties();
    JsonNode callbackContext = null;
    int repetition = 0;

    for (int number = 1; number <= maxInvocations; number++) {
      if (time.now().isAfter(deadline)) {
        return Outcome.givenUp(
            operation,
            events,
            HandlerErrorCode.NotStabilized,
            "not done after " + schema.timeout(operation.action()).toMinutes() + " minutes");
      }
      var session = credentials.get();
      secrets.addAll(session.secrets());
      var invocation =
          new Invocation(
              operation, number, request(operation, properties, callbackContext, session));
      Event event;
      try {
        event = invoke(invocation, contract, secrets);
      } catch (InvocationAborted e) {
        listener.aborted(invocation, e);
        repetition++;
        if (!retries.allows(repetition)) {
          return Outcome.givenUp(
              operation, events, HandlerErrorCode.InternalFailure, "no answer: " + e.getMessage());
        }
        time.pass(retries.delayBefore(repetition));
        continue;
      }
      events.add(event);
      switch (event.status()) {
        case IN_PROGRESS -> {
          repetition = 0;
          properties = event.model().orElseThrow();
          callbackContext = event.callbackContext().orElse(null);
          time.pass(event.delay());
        }
        case FAILED -> {
          repetition++;
          if (!retries.repeats(event.errorCode().orElseThrow(), repetition)) {
            return Outcome.ended(operation, events);
          }
          time.pass(retries.delayBefore(repetition));
        }
        default -> {
          return Outcome.ended(operation, events);
        }
      }
    }
    return Outcome.givenUp(
        operation,
        events,
        HandlerErrorCode.NotStabilized,
        "not done after " + maxInvocations + " invocations");
  }

  private Event invoke(Invocation invocation, HandlerContract contract, Set<String> secrets) {
    listener.invoking(invocation);
    var asked = time.now();
    var answer = provider.invoke(Provider.TYPE_FUNCTION, Json.bytes(invocation.request()));
    secrets.addAll(furtherSecrets.get());
    var event = contract.accept(answer, asked, time.now(), secrets);
    listener.answered(invocation, event);
    return event;
  }

  private ObjectNode request(
      StackOperation operation,
      ObjectNode properties,
      JsonNode callbackContext,
      Credentials session) {
    var data = Json.object();
    data.set("callerCredentials", session.json());
    if (loggingRole != null) {
      data.set("providerCredentials", loggingRole.get().json());
      data.put("providerLogGroupName", logGroup);
    }
    data.put("logicalResourceId", logicalId);
    data.set("resourceProperties", properties);
    data.set("systemTags", systemTags());
    data.set("stackTags", Json.tree(operation.stackTags()));
    if (operation.action() == Action.UPDATE) {
      data.set("previousResourceProperties", operation.previousProperties());
      data.set("previousSystemTags", systemTags());
      data.set("previousStackTags", Json.tree(operation.previousStackTags()));
    }
    if (typeConfiguration != null) {
      data.set("typeConfiguration", typeConfiguration);
    }
    var request =
        Json.object()
            .put("action", operation.action().name())
            .put("awsAccountId", account)
            .put("region", region)
            .put("bearerToken", operation.token())
            .put("resourceType", schema.typeName())
            .put("resourceTypeVersion", "00000001")
            .put("stackId", stackId)
            .put("snapshotRequested", false)
            .put("rollback", operation.rollback());
    request.set("requestData", data);
    request.set("callbackContext", callbackContext);
    if (operation.nextToken() != null) {
      request.put("nextToken", operation.nextToken());
    }
    return request;
  }

  private JsonNode systemTags() {
    if (stackId == null) {
      return Json.object();
    }
    return Json.tree(
        Map.of(
            "aws:cloudformation:stack-id", stackId,
            "aws:cloudformation:stack-name", stackName,
            "aws:cloudformation:logical-id", logicalId));
  }

  /** Describes a caller. Everything but the credentials has a default. */
  public static final class Builder {
    private final Provider provider;
    private ResourceSchema schema;
    private String region = "eu-central-1";
    private String account = "111122223333";
    private String stackName = "stack";
    private String logicalId = "Endpoint";
    private ObjectNode typeConfiguration;
    private Supplier<Credentials> credentials;
    private Supplier<Credentials> loggingRole;
    private String logGroup;
    private Supplier<? extends Collection<String>> furtherSecrets = Set::of;
    private Time time = Time.ofMachine();
    private Listener listener = Listener.NONE;
    private RetryPolicy retries = RetryPolicy.STANDARD;
    private int maxInvocations = 1000;

    private Builder(Provider provider) {
      this.provider = provider;
    }

    /**
     * Sets the schema of the type.
     *
     * @param value default: the schema of this project's type
     */
    public Builder schema(ResourceSchema value) {
      schema = value;
      return this;
    }

    /**
     * Sets the Region of the stack.
     *
     * @param value default: {@code eu-central-1}
     */
    public Builder region(String value) {
      region = value;
      return this;
    }

    /**
     * Sets the account of the stack.
     *
     * @param value default: {@code 111122223333}
     */
    public Builder account(String value) {
      account = value;
      return this;
    }

    /**
     * Sets the name of the stack, from which its id follows.
     *
     * @param value default: {@code stack}
     */
    public Builder stackName(String value) {
      stackName = value;
      return this;
    }

    /** Calls the provider as Cloud Control does: without a stack and without a logical id. */
    public Builder outsideOfStacks() {
      stackName = null;
      logicalId = null;
      return this;
    }

    /**
     * Sets the name of the resource in its template.
     *
     * @param value default: {@code Endpoint}
     */
    public Builder logicalId(String value) {
      logicalId = value;
      return this;
    }

    /**
     * Sets the type configuration of the account.
     *
     * @param value default: {@code null}, which is none
     */
    public Builder typeConfiguration(ObjectNode value) {
      typeConfiguration = value;
      return this;
    }

    /** Sets where the credentials for each invocation come from. */
    public Builder credentials(Supplier<Credentials> value) {
      credentials = value;
      return this;
    }

    /**
     * Sets the logging configuration that the type is registered with.
     *
     * @param role where the credentials for each invocation come from; default: no logging
     *     configuration
     * @param group name of the log group
     */
    public Builder logging(Supplier<Credentials> role, String group) {
      loggingRole = role;
      logGroup = group;
      return this;
    }

    /**
     * Sets what else must not be in any event.
     *
     * @param value asked after each invocation, such as for the secrets of the sessions that the
     *     provider began; default: nothing
     */
    public Builder furtherSecrets(Supplier<? extends Collection<String>> value) {
      furtherSecrets = value;
      return this;
    }

    /** Sets the clock. */
    public Builder time(Time value) {
      time = value;
      return this;
    }

    /** Sets who sees the invocations. */
    public Builder listener(Listener value) {
      listener = value;
      return this;
    }

    /** Sets what is repeated. */
    public Builder retries(RetryPolicy value) {
      retries = value;
      return this;
    }

    /**
     * Sets how many invocations one operation may take.
     *
     * @param value default: 1000
     */
    public Builder maxInvocations(int value) {
      maxInvocations = value;
      return this;
    }

    /**
     * Builds the caller.
     *
     * @return a caller that does not change when this builder does
     * @throws NullPointerException when there are no credentials
     */
    public CloudFormation build() {
      if (schema == null) {
        schema = ResourceSchema.ofThisType();
      }
      return new CloudFormation(this);
    }
  }
}
