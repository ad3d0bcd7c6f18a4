package software.amazon.custom.dmscrossaccounts3endpoint.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.Layout;
import software.amazon.custom.dmscrossaccounts3endpoint.bootstrap.BootstrappedAccounts.PolicyOf;

/** The templates' policies allow what the provider needs, and nothing that it doesn't. */
class LeastPrivilegeTest {

  static Stream<Arguments> actions() {
    return Arrays.stream(Layout.values())
        .filter(layout -> layout != Layout.ORGANIZATION_WIDE) // the policies of CENTRAL
        .flatMap(
            layout ->
                BootstrappedAccounts.actions(layout).stream()
                    .map(a -> Arguments.of(layout, a.getKey(), a.getValue())));
  }

  @ParameterizedTest
  @EnumSource
  void anEndpointLivesWithThePoliciesOfTheTemplates(Layout layout) {
    try (var accounts = BootstrappedAccounts.start(layout)) {
      assertThat(new LifeOfAnEndpoint(accounts).live()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}: {1} without {2}")
  @MethodSource("actions")
  void withoutOneActionAnOperationOrTheLogSaysWhichActionIsMissing(
      Layout layout, PolicyOf who, String action) {
    try (var accounts = BootstrappedAccounts.start(layout, who, Policies.without(action))) {
      var surprise = new LifeOfAnEndpoint(accounts).live();
      var denied = "is not authorized to perform: " + action + " on resource";
      if (surprise.isEmpty()) {
        // What an operation can do without, it does without, and the log says so.
        assertThat(accounts.accounts().log())
            .as("every action is needed")
            .anyMatch(line -> line.contains(denied));
        return;
      }
      assertThat(surprise.get().outcome().succeeded()).as(surprise.get().toString()).isFalse();
      assertThat(surprise.get().outcome().message()).contains(denied);
    }
  }
}
