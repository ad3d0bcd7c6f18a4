package software.amazon.custom.dmscrossaccounts3endpoint.resource;

import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AccountClients;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/** Operations of a stack in account 111122223333, before any call is made. */
final class Requests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  /** An operation on a model, with a type configuration; both with single quotes. */
  static Operation operation(Action action, String model, String configuration) {
    var request =
        ResourceHandlerRequest.<ResourceModel>builder()
            .desiredResourceState(read(model, ResourceModel.class))
            .awsAccountId("111122223333")
            .region("eu-central-1")
            .stackId("arn:aws:cloudformation:eu-central-1:111122223333:stack/lakes/1")
            .logicalResourceIdentifier("Sales")
            .clientRequestToken("token")
            .build();
    var environments =
        TypeConfiguration.of(read(configuration, TypeConfigurationModel.class), "aws");
    return new Operation(
        action,
        request,
        null,
        environments,
        mock(AccountClients.class),
        Time.ofMachine(),
        mock(InvocationLog.class));
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json.replace('\'', '"'), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
