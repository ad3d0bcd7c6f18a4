package software.amazon.custom.dmscrossaccounts3endpoint.cdk;

import java.util.Map;

/**
 * Tests the connection after the endpoint was created or recreated. A failed test fails the
 * operation.
 */
public final class ConnectionTestProperty implements Values {

  private final Map<String, Object> values;

  private ConnectionTestProperty(Builder builder) {
    values = builder.values.complete();
  }

  /** A builder without any property. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Map<String, Object> values() {
    return values;
  }

  /** Takes the properties one by one; what is null is left out. */
  public static final class Builder {

    private final PropertyValues values = new PropertyValues("ConnectionTest");

    private Builder() {}

    /**
     * ARN of the replication instance from which the connection is tested. It must be in the
     * account and Region of the endpoint.
     *
     * <p>Required. Write-only: not returned when the resource is read. Update requires: no
     * interruption.
     */
    public Builder replicationInstanceArn(String replicationInstanceArn) {
      values.put("ReplicationInstanceArn", replicationInstanceArn);
      values.checkLength("ReplicationInstanceArn", 20, 256);
      values.checkPattern(
          "ReplicationInstanceArn",
          "^arn:aws[a-zA-Z-]*:dms:[a-z0-9-]+:[0-9]{12}:rep:[a-zA-Z0-9-]+$");
      return this;
    }

    /**
     * The properties.
     *
     * @throws IllegalArgumentException where one that is required is missing
     */
    public ConnectionTestProperty build() {
      values.require("ReplicationInstanceArn", "replicationInstanceArn");
      return new ConnectionTestProperty(this);
    }
  }
}
