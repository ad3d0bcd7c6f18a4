package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.Map;

/**
 * What is known of a run before it begins.
 *
 * @param title what is run, in a few words
 * @param type name of the resource type
 * @param parameters what the run was told, by option, in the order in which they are shown
 * @param accounts what each account is for, by account id
 */
public record RunFacts(
    String title, String type, Map<String, String> parameters, Map<String, String> accounts) {}
