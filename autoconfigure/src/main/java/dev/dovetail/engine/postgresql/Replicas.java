package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.postgresql.PostgresqlUrl.Host;
import java.util.List;

/** The URLs under which replicas are reached. */
final class Replicas {

    private Replicas() {}

    /**
     * Those of the settings, completed by the primary's credentials and database. URLs that differ in nothing but their
     * hosts become one with several, among which the driver balances and falls over by itself.
     */
    static List<PostgresqlUrl> of(PostgresqlSettings settings, PostgresqlUrl primary) {
        List<PostgresqlUrl> urls = settings.replicas().stream()
                .map(url -> PostgresqlUrl.parse(url).completedBy(primary))
                .toList();
        boolean alike = urls.stream().map(Replicas::withoutHosts).distinct().count() == 1;
        return alike ? List.of(merged(urls)) : urls;
    }

    private static PostgresqlUrl withoutHosts(PostgresqlUrl url) {
        return url.at(List.of());
    }

    private static PostgresqlUrl merged(List<PostgresqlUrl> urls) {
        List<Host> hosts =
                urls.stream().flatMap(url -> url.hosts().stream()).distinct().toList();
        return urls.get(0).at(hosts);
    }
}
