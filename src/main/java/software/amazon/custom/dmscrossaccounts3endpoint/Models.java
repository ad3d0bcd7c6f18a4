package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;

/** Copies models, because the generated {@code with} methods change the model itself. */
final class Models {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Models() {}

  /** Returns an equal model that may be changed. */
  static ResourceModel copy(ResourceModel model) {
    return JSON.convertValue(model, ResourceModel.class);
  }
}
