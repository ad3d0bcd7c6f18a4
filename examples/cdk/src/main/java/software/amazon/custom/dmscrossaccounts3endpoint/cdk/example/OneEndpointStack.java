package software.amazon.custom.dmscrossaccounts3endpoint.cdk.example;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DmsCrossAccountS3Endpoint;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.DmsCrossAccountS3EndpointProps;
import software.amazon.custom.dmscrossaccounts3endpoint.cdk.S3SettingsProperty;
import software.constructs.Construct;

/** The least that has to be said, as in {@code examples/one-endpoint.yaml}. */
public final class OneEndpointStack extends Stack {

  /** In the DMS account. */
  public OneEndpointStack(Construct scope, String id) {
    super(scope, id);
    var orders =
        new DmsCrossAccountS3Endpoint(
            this,
            "Orders",
            DmsCrossAccountS3EndpointProps.builder()
                .environment("dev")
                .s3Settings(
                    S3SettingsProperty.builder()
                        .bucketName("example-data-lake-dev")
                        .bucketFolder("orders")
                        .build())
                .build());
    CfnOutput.Builder.create(this, "EndpointArn").value(orders.getAttrEndpointArn()).build();
    CfnOutput.Builder.create(this, "ServiceAccessRoleArn")
        .value(orders.getAttrServiceAccessRoleArn())
        .build();
  }
}
