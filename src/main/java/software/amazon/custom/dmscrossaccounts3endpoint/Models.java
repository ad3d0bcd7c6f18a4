package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;

/** Copies of models: the generated {@code with} methods change the model itself. */
final class Models {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Models() {}

  /** A model that says the same and may be changed. */
  static ResourceModel copy(ResourceModel model) {
    return JSON.convertValue(model, ResourceModel.class);
  }
}
