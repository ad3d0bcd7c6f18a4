package software.amazon.custom.dmscrossaccounts3endpoint;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The same spellings in each build. */
class RespelledSettingsIT extends SpellingProperties {

  @Property(tries = 60, seed = "1")
  void anEndpointLivesWithAnySpelling(
      @ForAll("settings") Set<String> settings, @ForAll("changes") String change) {
    liveWith(settings, change);
  }
}
