package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;

/**
 * Checks a registration and the accounts of its type configuration with calls that only read.
 *
 * @param configuration the type configuration; valid against the schema
 * @param file where it is from, for the user
 * @param typeName the type's name in the registry
 * @param region of the registration
 * @param environments names of those to check; empty for all
 * @param credentials of whoever runs the doctor
 * @param now the clock
 */
public record Doctor(
    ObjectNode configuration,
    String file,
    String typeName,
    String region,
    List<String> environments,
    AwsCredentialsProvider credentials,
    Supplier<Instant> now) {

  /** The checks, in the order of the report. */
  private static final List<Check> CHECKS =
      List.of(
          RegistrationChecks::caller,
          RegistrationChecks::type,
          RegistrationChecks::schema,
          RegistrationChecks::typeConfiguration,
          RegistrationChecks::executionRole,
          RegistrationChecks::loggingRole,
          forEachEnvironment(
              List.of(
                  EnvironmentChecks::accounts,
                  EnvironmentChecks::dmsRole,
                  EnvironmentChecks::dataLakeRole,
                  EnvironmentChecks::boundary)),
          EndpointChecks::lists,
          EndpointChecks::endpoints,
          OrphanChecks::orphans);

  private static Check forEachEnvironment(
      List<Function<EnvironmentAccounts, List<Finding>>> checks) {
    return context ->
        context.chosen().stream()
            .flatMap(
                environment -> checks.stream().flatMap(check -> check.apply(environment).stream()))
            .toList();
  }

  /**
   * Runs all checks.
   *
   * @throws DoctorException where the environments or the credentials are of no use
   */
  public Diagnosis examine() {
    var clients = new DoctorClients(region, PartitionMetadata.of(Region.of(region)).id());
    var all = typeConfiguration(clients.partition());
    var chosen = chosen(all);
    var caller = CallerIdentity.of(clients, credentials);
    var context = new CheckContext(this, clients, caller, all, chosen);
    var findings = CHECKS.stream().flatMap(check -> check.run(context).stream()).toList();
    return new Diagnosis(typeName, region, caller.account(), findings);
  }

  private TypeConfiguration typeConfiguration(String partition) {
    try {
      return TypeConfiguration.of(
          new ObjectMapper().convertValue(configuration, TypeConfigurationModel.class), partition);
    } catch (HandlerException e) {
      throw new DoctorException(file + ": " + e.getMessage());
    }
  }

  private List<Environment> chosen(TypeConfiguration all) {
    for (var name : environments) {
      if (all.find(name).isEmpty()) {
        throw new DoctorException(
            "%s has no environment %s; it has: %s"
                .formatted(
                    file, name, String.join(", ", all.all().map(Environment::getName).toList())));
      }
    }
    var chosen =
        all.all()
            .filter(e -> environments.isEmpty() || environments.contains(e.getName()))
            .toList();
    if (chosen.isEmpty()) {
      throw new DoctorException(file + " has no environments: there is nothing to look at");
    }
    return chosen;
  }
}
