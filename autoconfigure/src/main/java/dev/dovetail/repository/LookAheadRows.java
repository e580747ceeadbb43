package dev.dovetail.repository;

import dev.dovetail.datasource.delegating.DelegatingResultSet;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.domain.RowDocument;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The rows of a query, of which the next ones can be seen before they are gone to. Only who has looked ahead finds the values
 * in {@link #getObject(int)} alone; for everybody else this is the result as it is.
 */
final class LookAheadRows extends DelegatingResultSet {

    private final List<Object[]> ahead = new ArrayList<>();
    private int at;
    private boolean exhausted;
    private @Nullable Children children;

    LookAheadRows(ResultSet rows) {
        super(rows);
    }

    /** The rows as they are, on which nobody has looked ahead; null if somebody has. */
    @Nullable
    ResultSet unread() {
        return ahead.isEmpty() ? delegate : null;
    }

    /** The children of the rows that were looked at; null if the current row is none of them. */
    @Nullable
    Children children() {
        return children;
    }

    void children(Children ofRowsAhead) {
        this.children = ofRowsAhead;
    }

    /** The current row and those that follow, as many as there are up to the limit. */
    List<RowDocument> lookAhead(int limit) throws SQLException {
        String[] names = names(delegate.getMetaData());
        List<RowDocument> documents = new ArrayList<>();
        ahead.clear();
        at = 0;
        do {
            Object[] row = new Object[names.length];
            RowDocument document = new RowDocument(names.length);
            for (int i = 0; i < names.length; i++) {
                row[i] = value(JdbcUtils.getResultSetValue(delegate, i + 1));
                document.putIfAbsent(names[i], row[i]);
            }
            ahead.add(row);
            documents.add(document);
        } while (ahead.size() < limit && advance());
        return documents;
    }

    /** The current row. */
    static RowDocument document(ResultSet rows) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        RowDocument document = new RowDocument(metaData.getColumnCount());
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            document.putIfAbsent(JdbcUtils.lookupColumnName(metaData, i), value(JdbcUtils.getResultSetValue(rows, i)));
        }
        return document;
    }

    // An array belongs to its connection, and may be gone when it is looked at.
    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        return value instanceof Array array ? array.getArray() : value;
    }

    private static String[] names(ResultSetMetaData metaData) throws SQLException {
        String[] names = new String[metaData.getColumnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = JdbcUtils.lookupColumnName(metaData, i + 1);
        }
        return names;
    }

    private boolean advance() throws SQLException {
        exhausted = !delegate.next();
        return !exhausted;
    }

    @Override
    public boolean next() throws SQLException {
        if (at + 1 < ahead.size()) {
            at++;
            return true;
        }
        ahead.clear();
        children = null;
        return !exhausted && advance();
    }

    @Override
    public @Nullable Object getObject(int columnIndex) throws SQLException {
        return ahead.isEmpty() ? delegate.getObject(columnIndex) : ahead.get(at)[columnIndex - 1];
    }

    @Override
    public @Nullable Object getObject(String columnLabel) throws SQLException {
        return getObject(findColumn(columnLabel));
    }
}
