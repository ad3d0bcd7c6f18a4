package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.Set;

/**
 * An endpoint that a run is about.
 *
 * @param name its identifier; empty where the type makes it
 * @param group what it belongs to, such as its environment; empty where there are no groups
 * @param accounts those that calls for it are made in
 */
public record EndpointOfRun(String name, String group, Set<String> accounts) {}
