package software.amazon.custom.dmscrossaccounts3endpoint.local.docs;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One property of the type, of one of its definitions or of its type configuration.
 *
 * @param name the name as a template gives it
 * @param schema what the schema says of it, where it stands; a reference is not followed
 * @param description what it is, for users
 * @param required whether its parent can't do without it
 * @param readOnly whether only the provider sets it
 * @param writeOnly whether it is never read back
 * @param update what a change of it does
 */
public record Property(
    String name,
    JsonNode schema,
    String description,
    boolean required,
    boolean readOnly,
    boolean writeOnly,
    UpdateBehavior update) {}
