package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;

/** The timelines of a run: one for each endpoint where they are few, else one for each group. */
final class Timelines {
  /** So many endpoints have room for a row of each service. */
  private static final int FEW = 3;

  private Timelines() {}

  static List<Drawing> of(RunReport report) {
    var drawings = new ArrayList<Drawing>();
    if (report.endpoints().size() <= FEW) {
      for (var run : report.endpoints()) {
        drawings.add(EndpointTimeline.of(id(drawings), run, report.began(), report.lasted()));
      }
    } else {
      for (var group : report.groups()) {
        drawings.add(FleetTimeline.of(id(drawings), group, report.began(), report.lasted()));
      }
    }
    return drawings;
  }

  private static String id(List<Drawing> before) {
    return "timeline-" + (before.size() + 1);
  }
}
