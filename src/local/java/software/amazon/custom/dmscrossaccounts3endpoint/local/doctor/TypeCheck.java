package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.DeprecatedStatus;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeResponse;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/** The type's registration in the caller's account and Region: version, schema, roles. */
record TypeCheck(Examination examination) implements Check {

  private static final String NO_PACKAGE = "PackageUrl=s3://BUCKET/KEY.zip";

  @Override
  public List<Finding> findings() {
    var subject = Subject.ofNone("type");
    return subject.look(
        () ->
            examination
                .registration()
                .described()
                .map(this::findings)
                .orElseGet(
                    () ->
                        List.of(
                            subject.broken(
                                "%s is not registered in account %s, Region %s"
                                    .formatted(
                                        examination.remedies().typeName(),
                                        account(),
                                        examination.region()),
                                register(
                                    NO_PACKAGE, "ExecutionRoleArn=ARN", "LoggingRoleArn=ARN")))));
  }

  private List<Finding> findings(DescribeTypeResponse type) {
    var findings = new ArrayList<Finding>();
    var version = Subject.ofNone("type");
    findings.add(
        type.deprecatedStatus() == DeprecatedStatus.DEPRECATED
            ? version.broken(
                "version %s is deprecated: no stack can use it".formatted(type.defaultVersionId()),
                register(NO_PACKAGE))
            : version.ok("version %s is the default".formatted(type.defaultVersionId())));
    findings.addAll(schema(type));
    var role = Subject.ofNone("execution role");
    if (type.executionRoleArn() == null) {
      findings.add(
          role.broken(
              "the type is registered without one: its handlers get no credentials",
              register(NO_PACKAGE, "ExecutionRoleArn=ARN")));
    }
    if (type.loggingConfig() == null || type.loggingConfig().logRoleArn() == null) {
      findings.add(
          Subject.ofNone("logging role")
              .unknown("the type is registered without one: it writes no log and no metrics"));
    }
    return findings;
  }

  /** Whether the registered schema is that of this checkout, but for the type's name. */
  private List<Finding> schema(DescribeTypeResponse type) {
    var subject = Subject.ofNone("schema");
    if (type.schema() == null) {
      return List.of(subject.unknown("not checked: the registry does not show it"));
    }
    try {
      var isSame =
          withoutNames(Json.object(type.schema()))
              .equals(withoutNames(Json.object(HandlerSchema.asJsonObject().toString())));
      return List.of(
          isSame
              ? subject.ok("that of this checkout")
              : subject.unknown(
                  "version %s is not that of this checkout: compare the versions"
                      .formatted(type.defaultVersionId())));
    } catch (IllegalArgumentException e) {
      return List.of(subject.unknown("not checked: " + e.getMessage()));
    }
  }

  /**
   * The package is registered under a name of the user's, which is in the schema's texts as well.
   */
  private static ObjectNode withoutNames(ObjectNode schema) {
    schema.remove(List.of("typeName", "description", "sourceUrl", "documentationUrl"));
    return schema;
  }

  private String account() {
    return examination.caller().account();
  }

  private String register(String... overrides) {
    return examination.remedies().registerType(account(), overrides);
  }
}
