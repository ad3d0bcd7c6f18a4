package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.Map;

/**
 * Facts that are known of a run before it begins.
 *
 * @param title a few words that name the run
 * @param type name of the resource type
 * @param parameters options of the run, in the order in which they are shown
 * @param accounts the use of each account, by account id
 */
public record RunFacts(
    String title, String type, Map<String, String> parameters, Map<String, String> accounts) {}
