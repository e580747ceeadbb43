package dev.dovetail.maintenance;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear of maintenance; what one of them throws is logged, and the others hear all the same. */
public final class MaintenanceListeners {

    private static final Logger log = LoggerFactory.getLogger(MaintenanceListeners.class);

    private final List<MaintenanceListener> all;

    public MaintenanceListeners(List<MaintenanceListener> all) {
        this.all = List.copyOf(all);
    }

    void forEach(Consumer<MaintenanceListener> call) {
        for (MaintenanceListener each : all) {
            try {
                call.accept(each);
            } catch (RuntimeException e) {
                log.warn("{} failed", each, e);
            }
        }
    }
}
