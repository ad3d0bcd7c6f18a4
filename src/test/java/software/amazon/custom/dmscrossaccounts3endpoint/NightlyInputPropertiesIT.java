package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Other models each night, and more of them. jqwik tells the seed of what fails. */
@Tag("nightly")
@SuppressWarnings("ClassCanBeStatic") // jqwik makes groups of inner classes
class NightlyInputPropertiesIT {

  @Group
  class Models extends ModelProperties {

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void aValidModelIsCreatedReadUpdatedAndDeleted(
        @ForAll("validSettings") ObjectNode settings, @ForAll("validSettings") ObjectNode others) {
      live(settings, others);
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void anInvalidModelNamesItsPropertyAndChangesNothing(@ForAll("damages") Damage damage) {
      refuse(damage);
    }
  }
}
