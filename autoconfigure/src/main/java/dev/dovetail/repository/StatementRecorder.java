package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementCreatorFactory;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Runs what Spring Data generates, and tells on request what that was. Safe for use by several threads. */
final class StatementRecorder extends AdaptedJdbcTemplate {

    private static final ThreadLocal<@Nullable Recording> CURRENT = new ThreadLocal<>();

    StatementRecorder(AdaptedJdbcTemplate other) {
        super(other);
    }

    /**
     * A statement that was run.
     *
     * @param sql with a question mark for each value
     * @param values in their order
     */
    record Recorded(String sql, List<@Nullable Object> values) {}

    /** Does the work, and tells which statement it ran first: a callback may run others while the result is read. */
    <R extends @Nullable Object> R recording(Supplier<R> work, Consumer<Recorded> taker) {
        Recording outer = CURRENT.get();
        Recording recording = new Recording(this);
        CURRENT.set(recording);
        try {
            R result = work.get();
            Recorded first = recording.first;
            if (first != null) {
                taker.accept(first);
            }
            return result;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(
            String sql, SqlParameterSource parameters, @Nullable Consumer<PreparedStatementCreatorFactory> customizer) {
        Recording recording = CURRENT.get();
        if (recording != null && recording.of == this && recording.first == null) {
            ParsedSql parsed = getParsedSql(sql);
            recording.first = new Recorded(
                    NamedParameterUtils.substituteNamedParameters(parsed, parameters),
                    values(NamedParameterUtils.buildValueArray(parsed, parameters, null)));
        }
        return super.getPreparedStatementCreator(sql, parameters, customizer);
    }

    private static List<@Nullable Object> values(@Nullable Object[] bound) {
        List<@Nullable Object> values = new ArrayList<>(bound.length);
        for (Object each : bound) {
            values.add(each instanceof SqlParameterValue typed ? typed.getValue() : each);
        }
        return values;
    }

    private static final class Recording {

        private final StatementRecorder of;
        private @Nullable Recorded first;

        Recording(StatementRecorder of) {
            this.of = of;
        }
    }
}
