package dev.dovetail.monitoring.health;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.Threshold;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rule that an engine knows how to look for. What the user may not ask, or this server does not know, is left out. */
final class ProbeRule implements HealthRule {

    private static final Logger log = LoggerFactory.getLogger(ProbeRule.class);

    private static final String NOT_SUPPORTED = "0A";

    private final HealthProbe probe;
    private final DatabaseEngine engine;
    private final ProbeConnections connections;
    private volatile boolean leftOut;

    ProbeRule(HealthProbe probe, DatabaseEngine engine, ProbeConnections connections) {
        this.probe = probe;
        this.engine = engine;
        this.connections = connections;
    }

    @Override
    public String id() {
        return probe.id();
    }

    @Override
    public @Nullable Threshold threshold() {
        return probe.threshold();
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws Exception {
        if (leftOut) {
            return List.of();
        }
        ProbeConnections.Opened opened = opened(evaluation);
        ProbeConnections.Openings openings =
                evaluation.shared(ProbeConnections.Openings.class, ProbeConnections.Openings::new);
        double threshold = probe.threshold() == null ? 0 : evaluation.threshold();
        try {
            return probe.run(openings.of(opened, probe.role()), threshold).stream()
                    .map(each -> evaluation.degraded(
                            each.subject(), each.severity(), each.measured(), each.text(), each.recommendation()))
                    .toList();
        } catch (SQLException e) {
            return leaveOutOrThrow(e);
        }
    }

    private ProbeConnections.Opened opened(Evaluation evaluation) throws UnanswerableException {
        try {
            return evaluation.shared(ProbeConnections.Opened.class, connections::open);
        } catch (Exception e) {
            throw new UnanswerableException("No connection can be opened", e);
        }
    }

    private List<Finding> leaveOutOrThrow(SQLException e) throws SQLException {
        if (!isRefusal(e)) {
            throw e;
        }
        leftOut = true;
        log.debug("Health rule '{}' is left out, because this server or this user cannot answer it", id(), e);
        return List.of();
    }

    private boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        if (state != null && state.startsWith(NOT_SUPPORTED)) {
            return true;
        }
        return switch (engine.classify(e).code()) {
            case PERMISSION_DENIED, UNKNOWN_TABLE, UNKNOWN_COLUMN, SYNTAX_ERROR -> true;
            default -> false;
        };
    }
}
