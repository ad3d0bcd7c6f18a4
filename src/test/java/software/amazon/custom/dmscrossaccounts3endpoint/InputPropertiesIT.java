package software.amazon.custom.dmscrossaccounts3endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The same models in each build. */
class InputPropertiesIT extends ModelProperties {

  @Property(tries = 250, seed = "1", shrinking = ShrinkingMode.OFF)
  void aValidModelIsCreatedReadUpdatedAndDeleted(
      @ForAll("validSettings") ObjectNode settings, @ForAll("validSettings") ObjectNode others) {
    live(settings, others);
  }

  @Property(tries = 1500, seed = "1", shrinking = ShrinkingMode.OFF)
  void anInvalidModelNamesItsPropertyAndChangesNothing(@ForAll("damages") Damage damage) {
    refuse(damage);
  }
}
