package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeResponse;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.cloudformation.model.TypeNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.cloudformation.Action;
import software.amazon.cloudformation.proxy.ResourceHandlerRequest;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.AccountClients;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CrossAccountClientFactory;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.log.InvocationLog;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.ResourceModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Operation;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/** Everything that the checks of one run share. Each thing is requested from AWS once. */
final class CheckContext {

  /** The actions in a role of an environment; they only read. */
  private static final List<String> READ_ONLY =
      List.of(
          "iam:GetPolicy",
          "iam:GetPolicyVersion",
          "iam:ListPolicies",
          "iam:ListRolePolicies",
          "iam:ListRoles",
          "iam:SimulatePrincipalPolicy");

  private final DoctorClients clients;
  private final CallerIdentity caller;
  private final CallerIdentity actor;
  private final ObjectNode configuration;
  private final TypeConfiguration environments;
  private final List<EnvironmentAccounts> chosen;
  private final FixCommands fix;
  private final Supplier<Instant> now;
  private final CrossAccountClientFactory factory;
  private final Map<String, IamClient> readers = new HashMap<>();
  private @Nullable DescribeTypeResponse type;
  private @Nullable SdkException typeFailure;
  private @Nullable EndpointInventory inventory;

  /**
   * Creates the context of a run, and looks the registration up.
   *
   * @param chosen the environments to check
   */
  CheckContext(
      Doctor doctor,
      DoctorClients clients,
      CallerIdentity caller,
      TypeConfiguration environments,
      List<Environment> chosen) {
    this.clients = clients;
    this.caller = caller;
    this.configuration = doctor.configuration();
    this.environments = environments;
    this.chosen = chosen.stream().map(e -> new EnvironmentAccounts(this, e)).toList();
    this.fix =
        new FixCommands(clients.region(), caller.account(), doctor.typeName(), doctor.file());
    this.now = doctor.now();
    this.factory = new CrossAccountClientFactory(now::get);
    describeType();
    this.actor = caller.asTheType(clients, executionRole());
  }

  private void describeType() {
    try (var cloudFormation = clients.cloudFormation(caller.credentials())) {
      type =
          cloudFormation.describeType(r -> r.type(RegistryType.RESOURCE).typeName(fix.typeName()));
    } catch (TypeNotFoundException e) {
      type = null;
    } catch (SdkException e) {
      typeFailure = e;
    }
  }

  /**
   * Returns the default version of the type; empty where no type of the name is registered.
   *
   * @throws SdkException where that is not known
   */
  Optional<DescribeTypeResponse> type() {
    if (typeFailure != null) {
      throw typeFailure;
    }
    return Optional.ofNullable(type);
  }

  /** Returns the same; empty also where that is not known. */
  Optional<DescribeTypeResponse> knownType() {
    return Optional.ofNullable(type);
  }

  /** Returns the role of the handlers; empty where there is none or it is not known. */
  Optional<String> executionRole() {
    return knownType().map(DescribeTypeResponse::executionRoleArn);
  }

  /** Returns whoever runs the doctor. */
  CallerIdentity caller() {
    return caller;
  }

  /** Returns the identity that assumes roles: the type's, where the caller may take it on. */
  CallerIdentity actor() {
    return actor;
  }

  DoctorClients clients() {
    return clients;
  }

  String region() {
    return clients.region();
  }

  /** Returns the type configuration of the file. */
  ObjectNode configuration() {
    return configuration;
  }

  TypeConfiguration environments() {
    return environments;
  }

  /** Returns the environments to check. */
  List<EnvironmentAccounts> chosen() {
    return chosen;
  }

  FixCommands fix() {
    return fix;
  }

  Instant now() {
    return now.get();
  }

  EndpointInventory inventory() {
    if (inventory == null) {
      inventory = new EndpointInventory(this);
    }
    return inventory;
  }

  /** Returns the sessions in which a handler calls AWS. */
  AccountClients sessions(Action action) {
    return factory.clients(action, region(), actor.credentials(), environments, log(action));
  }

  /** Returns a handler's invocation for a model. */
  Operation operation(Action action, ResourceModel model) {
    return new Operation(
        action,
        ResourceHandlerRequest.<ResourceModel>builder()
            .awsAccountId(caller.account())
            .region(region())
            .desiredResourceState(model)
            .build(),
        null,
        environments,
        sessions(action),
        Time.ofMachine(),
        log(action));
  }

  private InvocationLog log(Action action) {
    return new InvocationLog(null, now, action.name(), Set.of());
  }

  /**
   * Returns the IAM of a role's account, for what the type itself never reads.
   *
   * @param environment the environment that is meant, if one is
   */
  IamClient iam(String roleArn, Optional<String> environment) {
    var externalId =
        environment
            .flatMap(environments::find)
            .or(() -> environments.all().filter(e -> uses(e, roleArn)).findFirst())
            .map(Environment::getAssumeRoleExternalId)
            .orElse(null);
    var key = roleArn + " " + externalId;
    var reader = readers.get(key);
    if (reader == null) {
      reader = assume(roleArn, externalId);
      readers.put(key, reader);
    }
    return reader;
  }

  private static boolean uses(Environment environment, String roleArn) {
    return roleArn.equals(environment.getDataLakeRoleArn())
        || roleArn.equals(environment.getDmsRoleArn());
  }

  /** Assumes a role in a session that can't change anything. */
  IamClient assume(String roleArn, @Nullable String externalId) {
    return clients.iam(clients.assume(actor.credentials(), roleArn, externalId, READ_ONLY));
  }
}
