package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.io.PrintWriter;
import java.net.URI;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.cloudformation.Credentials;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.https.AwsHosts;

/** Tells the user of the Lambda endpoint what to export and what to type. */
final class ServeGuide {
  private final PrintWriter out;
  private final String region;
  private final String typeName;

  ServeGuide(PrintWriter out, String region, String typeName) {
    this.out = out;
    this.region = region;
    this.typeName = typeName;
  }

  /** What to export so that the tools find the local AWS, too. */
  void exports(LocalPlatform platform, AwsHosts hosts) {
    var session = platform.executionRole(AccountPlan.STACK_ACCOUNT);
    out.println(
        "local AWS at "
            + platform.endpoint()
            + ", accounts "
            + String.join(", ", platform.accounts()));
    out.println();
    out.println("In another terminal, as the type's execution role:");
    export("AWS_ENDPOINT_URL", platform.endpoint().toString());
    export("AWS_DEFAULT_REGION", region);
    credentials(session);
    out.println("and, for cfn, which asks STS by its own name over TLS:");
    export("HTTPS_PROXY", hosts.uri().toString());
    export("AWS_CA_BUNDLE", hosts.certificate().toString());
    out.println();
    out.println("or, to look at an account, as its administrator:");
    for (var account : platform.accounts()) {
      var key = platform.administrator(account);
      out.println(
          "  env -u AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s aws iam list-roles  # %s"
              .formatted(key.accessKeyId(), key.secretAccessKey(), account));
    }
  }

  /** That the provider talks to an AWS that somebody else runs. */
  void elsewhere(String endpoint) {
    out.println("the provider talks to " + endpoint + ", which AWS_ENDPOINT_URL names");
  }

  /** What to type. */
  void commands(URI functions) {
    out.println();
    out.println("Then:");
    out.println(
        "  cfn test --endpoint %s --region %s --typeconfig %s"
            .formatted(functions, region, FleetCommand.SAMPLE));
    out.println(
        "  cfn invoke --endpoint %s --region %s resource CREATE request.json"
            .formatted(functions, region));
    out.print(
        """
          echo '{"action": "LIST", "region": "%s", "awsAccountId": "%s", "bearerToken": "1",
            "resourceType": "%s",
            "requestData": {"resourceProperties": {}, "callerCredentials": {
              "accessKeyId": "'$AWS_ACCESS_KEY_ID'", "secretAccessKey": "'$AWS_SECRET_ACCESS_KEY'",
              "sessionToken": "'$AWS_SESSION_TOKEN'"}}}' |
            aws lambda invoke --endpoint-url %s --function-name TypeFunction \\
              --payload fileb:///dev/stdin answer.json
        """
            .formatted(region, AccountPlan.STACK_ACCOUNT, typeName, functions)
            .indent(2));
    out.println();
    out.println("Ctrl-C stops it.");
    out.flush();
  }

  private void credentials(Credentials session) {
    export("AWS_ACCESS_KEY_ID", session.accessKeyId());
    export("AWS_SECRET_ACCESS_KEY", session.secretAccessKey());
    export("AWS_SESSION_TOKEN", session.sessionToken());
  }

  private void export(String name, String value) {
    out.println("  export " + name + "=" + value);
  }
}
