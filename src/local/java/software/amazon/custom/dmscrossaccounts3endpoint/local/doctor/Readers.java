package software.amazon.custom.dmscrossaccounts3endpoint.local.doctor;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.custom.dmscrossaccounts3endpoint.accounts.TypeConfiguration;
import software.amazon.custom.dmscrossaccounts3endpoint.errors.AwsCallException;
import software.amazon.custom.dmscrossaccounts3endpoint.model.Environment;

/**
 * The IAM of accounts as their roles see it, for what the type itself never looks at; each role is
 * assumed once, in a session that can't change anything.
 */
final class Readers {

  private final ServiceClients clients;
  private final Actor actor;
  private final TypeConfiguration environments;
  private final Map<String, IamClient> opened = new HashMap<>();

  Readers(ServiceClients clients, Actor actor, TypeConfiguration environments) {
    this.clients = clients;
    this.actor = actor;
    this.environments = environments;
  }

  /**
   * The IAM of a role's account.
   *
   * @param environment the environment that is meant, if one is
   * @throws AwsCallException where the role can't be assumed
   */
  IamClient of(String roleArn, Optional<String> environment) {
    var externalId = externalId(roleArn, environment);
    var key = roleArn + " " + externalId;
    var there = opened.get(key);
    if (there == null) {
      there = open(roleArn, externalId);
      opened.put(key, there);
    }
    return there;
  }

  /**
   * Assumes a role and does nothing with it.
   *
   * @throws AwsCallException where it can't be assumed
   */
  IamClient open(String roleArn, @Nullable String externalId) {
    return clients.iam(
        new ReadOnlySession(clients, actor.credentials(), actor.name())
            .open(roleArn, externalId, ReadOnlyPolicy.ENVIRONMENT));
  }

  private @Nullable String externalId(String roleArn, Optional<String> environment) {
    return environment
        .flatMap(environments::find)
        .or(
            () ->
                environments
                    .all()
                    .filter(
                        e ->
                            roleArn.equals(e.getDataLakeRoleArn())
                                || roleArn.equals(e.getDmsRoleArn()))
                    .findFirst())
        .map(Environment::getAssumeRoleExternalId)
        .filter(Objects::nonNull)
        .orElse(null);
  }
}
