package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.HealthProbe;
import java.util.List;
import java.util.stream.Stream;

/** What a server is asked from time to time. The thresholds are PgHero's, where it has the check. */
final class ServerProbes {

    private ServerProbes() {}

    static List<HealthProbe> all() {
        ServerFlavour flavour = new ServerFlavour();
        return Stream.of(
                        SessionProbes.all(),
                        CatalogueProbes.all(),
                        ReplicationProbes.all(),
                        GrowthProbe.all(),
                        List.<HealthProbe>of(
                                CacheHitProbe.ofTables(),
                                CacheHitProbe.ofIndexes(),
                                new DeadRowsProbe(DeadRowsProbe.MANY)))
                .flatMap(List::stream)
                .<HealthProbe>map(probe -> new GenuineServerProbe(probe, flavour))
                .toList();
    }
}
