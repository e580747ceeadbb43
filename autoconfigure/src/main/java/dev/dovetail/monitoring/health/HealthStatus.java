package dev.dovetail.monitoring.health;

import java.util.List;

/** How the application is, as far as its database goes. */
public enum HealthStatus {
    /** All is well. */
    UP,
    /** It works, but something is to be done. */
    DEGRADED,
    /** It does not work. */
    DOWN;

    static HealthStatus of(List<Finding> findings) {
        if (findings.isEmpty()) {
            return UP;
        }
        return findings.stream().anyMatch(each -> each.effect() == Finding.Effect.DOWN) ? DOWN : DEGRADED;
    }
}
