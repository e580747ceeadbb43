package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question that is put to PostgreSQL itself only. */
record GenuineServerProbe(HealthProbe probe, ServerFlavour flavour) implements HealthProbe {

    @Override
    public String id() {
        return probe.id();
    }

    @Override
    public @Nullable Threshold threshold() {
        return probe.threshold();
    }

    @Override
    public ConnectionRole role() {
        return probe.role();
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        return flavour.isGenuine(connection) ? probe.run(connection, threshold) : List.of();
    }
}
