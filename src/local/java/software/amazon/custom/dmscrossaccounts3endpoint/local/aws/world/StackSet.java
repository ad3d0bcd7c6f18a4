package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.world;

import java.util.Map;
import java.util.TreeMap;
import lombok.Builder;
import lombok.With;

/**
 * A StackSet at one moment.
 *
 * @param id its name and a UUID
 * @param administrationRole the role that assumes the others; null where CloudFormation has
 *     permissions of its own (service-managed)
 * @param executionRoleName name of the role in each account that stacks are made as
 * @param instances by account and Region
 * @param operations by id
 */
@Builder
@With
public record StackSet(
    String name,
    String id,
    String arn,
    String template,
    Map<String, String> parameters,
    String administrationRole,
    String executionRoleName,
    Map<String, StackInstance> instances,
    Map<String, StackSetOperation> operations) {

  public boolean isServiceManaged() {
    return administrationRole == null;
  }

  public StackSet with(StackInstance instance) {
    var changed = new TreeMap<>(instances);
    changed.put(instance.key(), instance);
    return withInstances(Map.copyOf(changed));
  }

  public StackSet with(StackSetOperation operation) {
    var changed = new TreeMap<>(operations);
    changed.put(operation.id(), operation);
    return withOperations(Map.copyOf(changed));
  }

  public boolean isBusy() {
    return operations.values().stream()
        .anyMatch(operation -> operation.status().equals(StackSetOperation.RUNNING));
  }
}
