package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import lombok.With;
import org.jspecify.annotations.Nullable;

/**
 * Times of changes within a {@link CallbackContext}, in epoch seconds.
 *
 * @param endpointDeletedAt when DMS accepted the deletion of the endpoint, or when it was confirmed
 *     that the endpoint does not exist
 * @param accessCreatedAt when role or policy was created
 */
@With
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record ChangeTimes(@Nullable Long endpointDeletedAt, @Nullable Long accessCreatedAt) {

  static final ChangeTimes NONE = new ChangeTimes(null, null);
}
