package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.CrossAccountClientFactory;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.HandlerException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;
import software.amazon.custom.dmscrossaccounts3endpoint.model.TypeConfigurationModel;
import software.amazon.custom.dmscrossaccounts3endpoint.operation.Time;

/**
 * Looks through a registration and the accounts of its type configuration, as the type does and
 * with nothing but calls that read.
 *
 * @param configuration the type configuration; valid against the schema
 * @param file where it is from, for the user
 * @param typeName the type's name in the registry
 * @param region of the registration
 * @param environments names of those that are looked at; empty for all
 * @param credentials of whoever runs the doctor
 * @param now tells the time
 */
public record Doctor(
    ObjectNode configuration,
    String file,
    String typeName,
    String region,
    List<String> environments,
    AwsCredentialsProvider credentials,
    Supplier<Instant> now) {

  /**
   * Looks.
   *
   * @throws CannotBegin where the environments or the credentials are not of use
   */
  public Diagnosis examine() {
    var clients = new ServiceClients(region, PartitionMetadata.of(Region.of(region)).id());
    var read = read(clients.partition());
    var chosen = chosen(read);
    var caller = Runner.of(clients, credentials);
    var registration = new Registration(clients, caller, typeName);
    var actor = Actor.of(clients, caller, registration);
    var examination =
        new Examination(
            clients,
            caller,
            registration,
            actor,
            configuration,
            read,
            chosen,
            new Readers(clients, actor, read),
            new CrossAccountClientFactory(now, Time.ofMachine()::left),
            new Remedies(region, typeName, file),
            now);
    return new Diagnosis(typeName, region, caller.account(), findings(examination));
  }

  private TypeConfiguration read(String partition) {
    try {
      return TypeConfiguration.of(
          new ObjectMapper().convertValue(configuration, TypeConfigurationModel.class), partition);
    } catch (HandlerException e) {
      throw new CannotBegin(file + ": " + e.getMessage());
    }
  }

  private List<Environment> chosen(TypeConfiguration read) {
    var unknown = environments.stream().filter(name -> read.find(name).isEmpty()).findFirst();
    if (unknown.isPresent()) {
      throw new CannotBegin(
          "%s has no environment %s; it has: %s"
              .formatted(
                  file,
                  unknown.get(),
                  String.join(", ", read.all().map(Environment::getName).toList())));
    }
    var chosen =
        read.all()
            .filter(e -> environments.isEmpty() || environments.contains(e.getName()))
            .toList();
    if (chosen.isEmpty()) {
      throw new CannotBegin(file + " has no environments: there is nothing to look at");
    }
    return chosen;
  }

  private static List<Finding> findings(Examination examination) {
    var checks = new ArrayList<Check>();
    checks.add(new CallerCheck(examination));
    checks.add(new TypeCheck(examination));
    checks.add(new TypeConfigurationCheck(examination));
    checks.add(new ExecutionRoleCheck(examination));
    checks.add(new LoggingRoleCheck(examination));
    for (var pair : examination.pairs()) {
      checks.add(new AccountsCheck(pair));
      pair.dmsRole()
          .ifPresent(
              role -> {
                checks.add(new RoleCheck(pair, RoleCheck.Which.DMS, role));
                checks.add(new RolePermissionsCheck(pair, RoleCheck.Which.DMS, role));
              });
      checks.add(new RoleCheck(pair, RoleCheck.Which.DATA_LAKE, pair.lakeRole()));
      checks.add(new RolePermissionsCheck(pair, RoleCheck.Which.DATA_LAKE, pair.lakeRole()));
      checks.add(new BoundaryCheck(pair));
    }
    var census = new EndpointCensus(examination);
    checks.add(new CensusCheck(census));
    census.chosen().forEach(found -> checks.add(new EndpointCheck(examination, found)));
    // Environments may share a data-lake account.
    examination.pairs().stream()
        .collect(
            toMap(
                pair -> pair.lakeAccount() + pair.path(), p -> p, (p, q) -> p, LinkedHashMap::new))
        .values()
        .forEach(pair -> checks.add(new OrphanCheck(pair, census)));
    return checks.stream().flatMap(check -> check.findings().stream()).toList();
  }
}
