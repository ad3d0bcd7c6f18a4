package software.amazon.custom.dmscrossaccounts3endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.ArgumentMatchers.notNull;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static software.amazon.custom.dmscrossaccounts3endpoint.fixture.TwoAccounts.json;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.HandlerErrorCode;
import software.amazon.cloudformation.proxy.LoggerProxy;
import software.amazon.cloudformation.proxy.ProgressEvent;
import software.amazon.cloudformation.resource.SchemaValidator;
import software.amazon.cloudformation.resource.Serializer;
import software.amazon.cloudformation.resource.exceptions.ValidationException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.CallbackContext;

/** What the CloudFormation CLI sends: neither Lambda nor the runtime stand before it. */
class TestEntrypointTest {

  private final Context context = mock(Context.class);
  private final SchemaValidator validator = mock(SchemaValidator.class);
  private final TestEntrypoint.Invocation handlers = mock(TestEntrypoint.Invocation.class);
  private final TestEntrypoint entrypoint =
      new TestEntrypoint(new Serializer(), validator, handlers);

  private ProgressEvent<ResourceModel, CallbackContext> answer(String payload) throws IOException {
    return entrypoint.answer(
        json(payload).toString().getBytes(StandardCharsets.UTF_8), new LoggerProxy(), context);
  }

  private static String payload(String action, String further) {
    return """
    {'action': '%s', 'request': {'region': 'eu-central-1', 'awsAccountId': '111122223333',
     'desiredResourceState': {'EndpointIdentifier': 'a'}} %s}
    """
        .formatted(action, further);
  }

  @Test
  void aPayloadReachesItsHandlerWithCredentialsContextAndConfiguration() throws IOException {
    var success = ProgressEvent.<ResourceModel, CallbackContext>defaultSuccessHandler(null);
    when(handlers.invoke(any(), any(), any(), any(), any())).thenReturn(success);

    var event =
        answer(
            payload(
                "DELETE",
                """
                , 'callbackContext': {'phase': 'DELETE_ACCESS', 'waits': 2},
                'credentials': {'accessKeyId': 'a', 'secretAccessKey': 'b', 'sessionToken': 'c'},
                'typeConfiguration': {'DefaultEnvironment': 'prod'}
                """));

    assertThat(event).isSameAs(success);
    verify(handlers).invoke(notNull(), notNull(), eq(Action.DELETE), notNull(), notNull());
    verifyNoInteractions(validator);
  }

  @Test
  void withoutCredentialsTheHandlerGetsNoProxy() throws IOException {
    answer(payload("READ", ""));

    verify(handlers).invoke(isNull(), notNull(), eq(Action.READ), isNull(), isNull());
  }

  @ParameterizedTest
  @CsvSource({"CREATE, true", "UPDATE, true", "READ, false", "DELETE, false", "LIST, false"})
  void theModelIsValidatedWhereTheRuntimeWould(String action, boolean validated)
      throws IOException {
    doThrow(new ValidationException("wrong", "type", "#"))
        .when(validator)
        .validateObject(any(), any());

    if (validated) {
      assertThatThrownBy(() -> answer(payload(action, ""))).isInstanceOf(ValidationException.class);
      verifyNoInteractions(handlers);
    } else {
      answer(payload(action, ""));
      verify(validator, never()).validateObject(any(), any());
    }
  }

  @Test
  void aLaterInvocationIsNotValidatedAgain() throws IOException {
    answer(payload("CREATE", ", 'callbackContext': {'phase': 'ENSURE_ACCESS'}"));

    verifyNoInteractions(validator);
    verify(handlers).invoke(any(), any(), eq(Action.CREATE), notNull(), any());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | has no request",
        "{'request': {'region': 'eu-central-1', 'awsAccountId': '111122223333'}} | no action",
        "{'action': 'READ', 'request': {'region': 'eu-central-1', 'awsAccountId': '1'}} | no"
            + " valid account id",
        "{'action': 'READ', 'request': {'region': 'x', 'awsAccountId': '111122223333'}} | no"
            + " valid Region",
        "{'action': 'READ', 'request': {'desiredResourceState': {'Tags': 1}}} | wrong type",
      })
  void whatIsMissingIsNamed(String payload, String said) throws IOException {
    var event = answer(payload);

    assertThat(event.getErrorCode()).isEqualTo(HandlerErrorCode.InvalidRequest);
    assertThat(event.getMessage()).contains(said);
    verifyNoInteractions(handlers);
  }

  @Test
  void whatIsNoJsonIsSaidToBeNone() throws IOException {
    var event =
        entrypoint.answer("<xml/>".getBytes(StandardCharsets.UTF_8), new LoggerProxy(), context);

    assertThat(event.getErrorCode()).isEqualTo(HandlerErrorCode.InvalidRequest);
    assertThat(event.getMessage()).startsWith("The payload is not JSON");
  }

  @Test
  void anAnswerThatCantBeWrittenIsNotSwallowed() throws IOException {
    when(context.getLogger()).thenReturn(mock(LambdaLogger.class));
    var broken = mock(OutputStream.class);
    doThrow(new IOException("broken pipe")).when(broken).write(any(byte[].class));
    var input = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> new HandlerWrapper().testEntrypoint(input, broken, context))
        .isInstanceOf(IOException.class)
        .hasMessage("broken pipe");
    verify(broken).close();
  }
}
