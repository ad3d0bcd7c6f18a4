package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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

/**
 * What the checks of one run share.
 *
 * @param clients the doctor's own clients
 * @param caller who runs the doctor
 * @param registration the type in the caller's account and Region
 * @param actor who takes the type's place
 * @param configuration the type configuration that the user gave
 * @param environments the same, as the type reads it
 * @param chosen the environments that are looked at
 * @param readers for what the type never looks at
 * @param factory what the type calls AWS with
 * @param remedies what the user may type next
 * @param now the time
 */
record Examination(
    ServiceClients clients,
    Runner caller,
    Registration registration,
    Actor actor,
    ObjectNode configuration,
    TypeConfiguration environments,
    List<Environment> chosen,
    Readers readers,
    CrossAccountClientFactory factory,
    Remedies remedies,
    Supplier<Instant> now) {

  String region() {
    return clients.region();
  }

  String partition() {
    return clients.partition();
  }

  /** The sessions in which a handler would call AWS. */
  AccountClients sessions(Action action) {
    return factory.clients(action, region(), actor.credentials(), environments, log(action));
  }

  /** A handler's invocation about a model. */
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

  /** Whether an account is the DMS account of environments that are not looked at, and no other. */
  boolean leavesOut(String account) {
    return environments
        .all()
        .filter(environment -> new Pair(this, environment).dmsAccount().equals(account))
        .map(environment -> !chosen.contains(environment))
        .reduce((one, other) -> one && other)
        .orElse(false);
  }

  /** The environments in the form that the checks want. */
  List<Pair> pairs() {
    return chosen.stream().map(environment -> new Pair(this, environment)).toList();
  }
}
