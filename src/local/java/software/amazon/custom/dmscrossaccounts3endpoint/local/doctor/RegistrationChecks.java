package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.cloudformation.model.DeprecatedStatus;
import software.amazon.awssdk.services.cloudformation.model.LoggingConfig;
import software.amazon.awssdk.services.cloudformation.model.ThirdPartyType;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationDetails;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationIdentifier;
import software.amazon.awssdk.services.cloudformation.model.TypeConfigurationNotFoundException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.custom.dmscrossaccounts3endpoint.local.run.json.Json;
import software.amazon.custom.dmscrossaccounts3endpoint.names.EndpointNames;
import software.amazon.custom.dmscrossaccounts3endpoint.schema.HandlerSchema;

/** Checks of the caller, and of the type's registration in its account and Region. */
final class RegistrationChecks {

  private static final List<String> ASSUME_ROLE = List.of("sts:AssumeRole");

  private RegistrationChecks() {}

  static List<Finding> caller(CheckContext context) {
    var caller = context.caller().arn();
    return CheckTarget.check(
        "caller",
        target -> {
          if (!context.actor().isTheType()) {
            target.unknown(
                "%s; the type's execution role %s: what the caller may not do says nothing of the type"
                    .formatted(
                        caller,
                        context.executionRole().isEmpty() ? "is not known" : "can't be assumed"));
          } else if (context.actor().arn().equals(caller)) {
            target.ok(caller + " is the type's execution role");
          } else {
            target.ok(caller + ", in the place of the type");
          }
        });
  }

  static List<Finding> type(CheckContext context) {
    var fix = context.fix();
    return CheckTarget.check(
        "type",
        target -> {
          var type = context.type();
          if (type.isEmpty()) {
            target.broken(
                "%s is not registered in account %s, Region %s%s"
                    .formatted(
                        fix.typeName(),
                        fix.typeAccount(),
                        fix.region(),
                        fix.isReserved()
                            ? ", and can't be: its namespace is reserved. Register it under a name"
                                + " of your own and give that with --type-name"
                            : ""),
                fix.registerType("ExecutionRoleArn=ARN", "LoggingRoleArn=ARN"));
          } else if (type.get().deprecatedStatus() == DeprecatedStatus.DEPRECATED) {
            target.broken(
                "version %s is deprecated: no stack can use it"
                    .formatted(type.get().defaultVersionId()),
                fix.registerType());
          } else {
            target.ok("version %s is the default".formatted(type.get().defaultVersionId()));
          }
        });
  }

  /** Compares the registered schema with that of this checkout, but for the type's name. */
  static List<Finding> schema(CheckContext context) {
    return CheckTarget.check(
        "schema",
        target -> {
          var type = context.knownType().orElse(null);
          if (type == null) {
            return;
          }
          if (type.schema() == null) {
            target.unknown("not checked: the registry does not show it");
          } else if (withoutNames(Json.object(type.schema()))
              .equals(withoutNames(Json.object(HandlerSchema.asJsonObject().toString())))) {
            target.ok("that of this checkout");
          } else {
            target.unknown(
                "version %s is not that of this checkout: compare the versions"
                    .formatted(type.defaultVersionId()));
          }
        });
  }

  /** The user's own name of the type is in the texts of the registered schema as well. */
  private static ObjectNode withoutNames(ObjectNode schema) {
    schema.remove(List.of("typeName", "description", "sourceUrl", "documentationUrl"));
    return schema;
  }

  /** Compares the registered type configuration with that of the file. */
  static List<Finding> typeConfiguration(CheckContext context) {
    return CheckTarget.check(
        "type configuration",
        target -> {
          if (context.type().isPresent()) {
            try {
              compareConfigurations(context, target);
            } catch (TypeConfigurationNotFoundException e) {
              target.broken("the registry has none", context.fix().setTypeConfiguration());
            }
          }
        });
  }

  private static void compareConfigurations(CheckContext context, CheckTarget target) {
    var identifier =
        TypeConfigurationIdentifier.builder()
            .type(ThirdPartyType.RESOURCE)
            .typeName(context.fix().typeName())
            .typeConfigurationAlias("default")
            .build();
    try (var cloudFormation = context.clients().cloudFormation(context.caller().credentials())) {
      var answer =
          cloudFormation.batchDescribeTypeConfigurations(
              r -> r.typeConfigurationIdentifiers(identifier));
      var held =
          answer.typeConfigurations().stream()
              .map(TypeConfigurationDetails::configuration)
              .filter(text -> text != null && !text.isBlank())
              .findFirst();
      if (held.isPresent()) {
        compare(context, target, parts(Json.object(held.get())));
      } else {
        target.broken(
            answer.errors().stream()
                .map(error -> "the registry shows none: " + error.errorMessage())
                .findFirst()
                .orElse("the registry has none"),
            context.fix().setTypeConfiguration());
      }
    }
  }

  /**
   * Names the properties that differ, without their values. Dynamic references of the registered
   * configuration are not resolved, and so not compared.
   */
  private static void compare(
      CheckContext context, CheckTarget target, Map<String, JsonNode> registered) {
    var file = context.fix().file();
    var given = parts(context.configuration());
    var references = new ArrayList<String>();
    var differences = new ArrayList<String>();
    var all = new TreeSet<>(registered.keySet());
    all.addAll(given.keySet());
    for (var property : all) {
      var value = registered.getOrDefault(property, MissingNode.getInstance());
      if (value.toString().contains("\"{{resolve:")) {
        references.add(property);
      } else if (!value.equals(given.get(property))) {
        differences.add(property);
      }
    }
    if (!differences.isEmpty()) {
      target.broken(
          "the registry's differs from %s in %s".formatted(file, String.join(", ", differences)),
          context.fix().setTypeConfiguration());
    } else if (references.isEmpty()) {
      target.ok("that of " + file);
    } else {
      target.ok(
          "that of %s; not compared, because the registry has dynamic references there: %s"
              .formatted(file, String.join(", ", references)));
    }
  }

  /** Returns the properties of a configuration; the order of its environments is lost. */
  private static Map<String, JsonNode> parts(ObjectNode configuration) {
    var parts = new TreeMap<String, JsonNode>();
    configuration.properties().forEach(p -> parts.put(p.getKey(), p.getValue()));
    parts.remove("Environments");
    for (var environment : configuration.path("Environments")) {
      var prefix = "Environments.%s.".formatted(environment.path("Name").asText());
      environment.properties().forEach(p -> parts.put(prefix + p.getKey(), p.getValue()));
    }
    return parts;
  }

  /** Simulates what the handlers do as the type's execution role. */
  static List<Finding> executionRole(CheckContext context) {
    return CheckTarget.check(
        "execution role",
        target -> {
          var role = context.executionRole();
          if (role.isPresent()) {
            simulateExecutionRole(context, target, role.get());
          } else if (context.knownType().isPresent()) {
            target.broken(
                "the type is registered without one: its handlers get no credentials",
                context.fix().registerType("ExecutionRoleArn=ARN"));
          }
        });
  }

  private static void simulateExecutionRole(
      CheckContext context, CheckTarget target, String roleArn) {
    var fix = context.fix();
    try (var iam = context.clients().iam(context.caller().credentials())) {
      var simulation = new PolicySimulation(iam, roleArn);
      for (var environment : context.chosen()) {
        simulation
            .in(HandlerPermissions.conditionKeys(environment))
            .simulate(environment.lakeRole(), ASSUME_ROLE);
        environment.dmsRole().ifPresent(arn -> simulation.simulate(arn, ASSUME_ROLE));
        if (environment.dmsRole().isEmpty()) {
          HandlerPermissions.simulateDms(simulation, environment);
        } else {
          HandlerPermissions.simulateList(simulation, fix.typeAccount(), environment.example());
        }
      }
      simulation.report(
          target,
          EndpointNames.lastPartOf(roleArn) + " may do all that the handlers do as it",
          fix.typeRoles(reachedRoles(context)));
    } catch (NoSuchEntityException e) {
      target.broken(roleArn + " is not there", fix.typeRoles());
    }
  }

  /** Returns the parameters of the template that say which roles the execution role may use. */
  private static String[] reachedRoles(CheckContext context) {
    var chosen = context.chosen();
    var unassumed =
        chosen.stream()
            .filter(environment -> environment.dmsRole().isEmpty())
            .map(environment -> environment.example().withRoleName("*").roleArn());
    return new String[] {
      "TypeName=" + context.fix().ownTypeName(),
      parameter("DataLakeRoleArns=%s", chosen.stream().map(EnvironmentAccounts::lakeRole)),
      parameter("DmsRoleArns=%s", chosen.stream().flatMap(e -> e.dmsRole().stream())),
      parameter("EndpointRoleArns='%s'", unassumed)
    };
  }

  private static String parameter(String format, Stream<String> arns) {
    var joined = arns.distinct().collect(joining(","));
    return joined.isEmpty() ? "" : format.replace("%s", joined);
  }

  /** Simulates what CloudFormation does as the role for log and metrics. */
  static List<Finding> loggingRole(CheckContext context) {
    return CheckTarget.check(
        "logging role",
        target -> {
          var type = context.type();
          if (type.isEmpty()) {
            return;
          }
          var logging = type.get().loggingConfig();
          if (logging == null || logging.logRoleArn() == null) {
            target.unknown("the type is registered without one: it writes no log and no metrics");
          } else {
            simulateLoggingRole(context, target, logging);
          }
        });
  }

  private static void simulateLoggingRole(
      CheckContext context, CheckTarget target, LoggingConfig logging) {
    var role = logging.logRoleArn();
    var keys = new TreeMap<>(HandlerPermissions.regional(context.region()));
    keys.put("cloudwatch:namespace", "AWS/CloudFormation/doctor");
    var group = logGroupArn(context, logging.logGroupName());
    try (var iam = context.clients().iam(context.caller().credentials())) {
      new PolicySimulation(iam, role)
          .in(keys)
          .simulate(
              "*",
              List.of(
                  "cloudwatch:ListMetrics", "cloudwatch:PutMetricData", "logs:DescribeLogGroups"))
          .simulate(group, List.of("logs:CreateLogGroup"))
          .simulate(group + ":log-stream:", List.of("logs:DescribeLogStreams"))
          .simulate(
              group + ":log-stream:doctor", List.of("logs:CreateLogStream", "logs:PutLogEvents"))
          .report(
              target,
              "%s may write to log group %s"
                  .formatted(EndpointNames.lastPartOf(role), logging.logGroupName()),
              context.fix().typeRoles("LogGroupName=" + logging.logGroupName()));
    } catch (NoSuchEntityException e) {
      target.broken(role + " is not there", context.fix().typeRoles());
    }
  }

  private static String logGroupArn(CheckContext context, String name) {
    return Arn.builder()
        .partition(context.clients().partition())
        .service("logs")
        .region(context.region())
        .accountId(context.caller().account())
        .resource("log-group:" + name)
        .build()
        .toString();
  }
}
