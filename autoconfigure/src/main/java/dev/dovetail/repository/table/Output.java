package dev.dovetail.repository.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a query reads of each row.
 *
 * @param label what it is called in the result
 * @param sql one expression, or several in a list
 * @param width how many expressions they are
 * @param reader reads them from the current row
 */
record Output(String label, String sql, int width, Reader reader) {

    /** Reads the value that begins at an index of the current row. */
    @FunctionalInterface
    interface Reader {

        @Nullable
        Object read(ResultSet result, int index) throws SQLException;
    }

    static List<String> labels(List<Output> outputs) {
        return outputs.stream().map(Output::label).toList();
    }

    static List<@Nullable Object> readAll(List<Output> outputs, ResultSet result) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(outputs.size());
        int index = 1;
        for (Output output : outputs) {
            row.add(output.reader().read(result, index));
            index += output.width();
        }
        return row;
    }
}
