package dev.dovetail.repository.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.jdbc.core.RowMapper;

/**
 * Results of one query.
 *
 * @param statements what runs it
 * @param rows how its rows are read
 * @param query the query, cut to a number of rows, or {@link Selection#NO_LIMIT} for as they were asked for
 */
record SelectedResults<T>(Statements statements, RowMapper<T> rows, Function<Integer, SqlText> query)
        implements Results<T> {

    @Override
    public List<T> list() {
        return statements.list(query.apply(Selection.NO_LIMIT), rows);
    }

    @Override
    public Optional<T> one() {
        List<T> found = statements.list(query.apply(2), rows);
        if (found.size() > 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "There is more than one row; one() expects one at most. Narrow the condition, or take first().",
                    1,
                    -1);
        }
        return found.stream().findFirst();
    }

    @Override
    public Optional<T> first() {
        return statements.list(query.apply(1), rows).stream().findFirst();
    }

    @Override
    public Stream<T> stream() {
        return statements.stream(query.apply(Selection.NO_LIMIT), rows);
    }
}
