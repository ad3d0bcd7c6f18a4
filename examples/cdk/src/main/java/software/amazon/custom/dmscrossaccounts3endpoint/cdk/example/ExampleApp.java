package software.amazon.custom.dmscrossaccounts3endpoint.cdk.example;

import java.util.List;
import software.amazon.awscdk.App;

/**
 * The templates of {@code examples/} as an app: one endpoint, a whole replication, and an endpoint
 * that encrypts with a key of the data-lake account.
 */
public final class ExampleApp {

  private ExampleApp() {}

  /** Synthesizes, without access to any account. */
  public static void main(String[] args) {
    var app = new App();
    new OneEndpointStack(app, "one-endpoint");
    new ReplicationStack(
        app,
        "replication",
        new Database(
            "sales",
            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:sales-AbCdEf",
            List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
            List.of("sg-0123456789abcdef0")));
    var dataLake = new DataLakeStack(app, "data-lake", "example-data-lake-prod");
    var payments = new EncryptedEndpointStack(app, "encrypted-endpoint");
    payments.endpoint().grantKeyUse(dataLake.key());
    app.synth();
  }
}
