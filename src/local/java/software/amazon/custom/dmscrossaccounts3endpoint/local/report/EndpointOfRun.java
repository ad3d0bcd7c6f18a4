package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.Set;

/**
 * An endpoint that a run is about.
 *
 * @param name its identifier; empty where the type generates it
 * @param group its environment; empty where the run has no groups
 * @param accounts the accounts in which calls for it are made
 */
public record EndpointOfRun(String name, String group, Set<String> accounts) {}
