package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.custom.dmscrossaccounts3endpoint.local.aws.LocalAws;

/**
 * The endpoints, roles and policies that some accounts hold at one moment.
 *
 * @param arns their ARNs, sorted
 */
record Inventory(Set<String> arns) {

  static Inventory of(LocalAws aws, Collection<String> accounts) {
    var arns = new TreeSet<String>();
    for (var account : accounts) {
      Stream.of(
              aws.endpoints(account).stream().map(endpoint -> endpoint.arn()),
              aws.roles(account).stream().map(role -> role.arn()),
              aws.policies(account).stream().map(policy -> policy.arn()))
          .flatMap(kind -> kind)
          .forEach(arns::add);
    }
    return new Inventory(arns);
  }

  /** What is there now and was not there then. */
  Set<String> since(Inventory then) {
    var more = new TreeSet<>(arns);
    more.removeAll(then.arns);
    return more;
  }
}
