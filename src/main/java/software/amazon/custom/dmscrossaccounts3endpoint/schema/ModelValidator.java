package software.amazon.custom.dmscrossaccounts3endpoint.schema;

import org.everit.json.schema.Schema;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import software.amazon.cloudformation.resource.SchemaValidator;
import software.amazon.cloudformation.resource.Validator;
import software.amazon.cloudformation.resource.exceptions.ValidationException;

/**
 * Validator of models against the schema of the type. The runtime's own {@code Validator} parses
 * the schema for every model; this class parses it once, for the first model.
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
   * @param schema ignored; the schema is always that of the type
   * @throws ValidationException when the model does not meet the schema; its message contains no
   *     value of the model
   */
  @Override
  public void validateObject(JSONObject model, JSONObject schema) {
    try {
      Loaded.SCHEMA.validate(model);
    } catch (org.everit.json.schema.ValidationException e) {
      throw ValidationException.newScrubbedException(e);
    }
  }

  /** Delegates to the runtime's validator; the runtime calls this for no handler. */
  @Override
  public Schema getListHandlerSchema(JSONObject schema) {
    return new Validator().getListHandlerSchema(schema);
  }

  /** Delegates to the runtime's validator; the runtime calls this for no handler. */
  @Override
  public void validateObjectByListHandlerSchema(JSONObject model, JSONObject schema) {
    new Validator().validateObjectByListHandlerSchema(model, schema);
  }
}
