package software.amazon.custom.dmscrossaccounts3endpoint.operation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import lombok.With;
import org.jspecify.annotations.Nullable;

/**
 * State of the handshake with DMS within a {@link CallbackContext}.
 *
 * @param externalId external id in the last answer; DMS may show it nowhere else
 * @param attempt name of the last {@code CreateEndpoint} that was answered
 * @param trustedId external id in the trust policy
 * @param asAttributes names of the S3 settings that DMS did not keep as settings and that are sent
 *     as extra connection attributes
 * @param looksWithoutId number of answers that showed the endpoint without an external id
 * @param withoutConditions whether the trust policy has no source conditions
 * @param denied whether DMS denied the last {@code CreateEndpoint}
 */
@With
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record HandshakeState(
    @Nullable String externalId,
    @Nullable String attempt,
    @Nullable String trustedId,
    @Nullable Set<String> asAttributes,
    @Nullable Integer looksWithoutId,
    @Nullable Boolean withoutConditions,
    @Nullable Boolean denied) {

  static final HandshakeState NONE = new HandshakeState(null, null, null, null, null, null, null);
}
