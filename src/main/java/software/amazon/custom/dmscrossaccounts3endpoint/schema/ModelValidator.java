package software.amazon.custom.dmscrossaccounts3endpoint.schema;

import org.everit.json.schema.Schema;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import software.amazon.cloudformation.resource.SchemaValidator;
import software.amazon.cloudformation.resource.Validator;
import software.amazon.cloudformation.resource.exceptions.ValidationException;

/**
 * Validates models against the schema of the type as the runtime's own {@code Validator} does,
 * which builds the schema anew for every model. Here it is built once, for the first model, and
 * where nothing is to be validated it is not built at all.
 */
public final class ModelValidator implements SchemaValidator {

  private static final class Loaded {
    private static final Schema SCHEMA =
        SchemaLoader.builder()
            .draftV7Support()
            .schemaJson(HandlerSchema.asJsonObject())
            .build()
            .load()
            .build();
  }

  /**
   * Validates a model.
   *
   * @param schema the schema of the type, whatever is given
   * @throws ValidationException when the model does not meet the schema; its message holds no value
   */
  @Override
  public void validateObject(JSONObject model, JSONObject schema) {
    try {
      Loaded.SCHEMA.validate(model);
    } catch (org.everit.json.schema.ValidationException e) {
      throw ValidationException.newScrubbedException(e);
    }
  }

  /** The runtime's own answer; it asks for none when it invokes a handler. */
  @Override
  public Schema getListHandlerSchema(JSONObject schema) {
    return new Validator().getListHandlerSchema(schema);
  }

  /** The runtime's own validation; it asks for none when it invokes a handler. */
  @Override
  public void validateObjectByListHandlerSchema(JSONObject model, JSONObject schema) {
    new Validator().validateObjectByListHandlerSchema(model, schema);
  }
}
