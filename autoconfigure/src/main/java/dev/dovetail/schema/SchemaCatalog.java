package dev.dovetail.schema;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.TableInfo;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What the database's tables look like, read when it is first asked for and kept until {@link #refresh()}.
 *
 * <p>A table that is not known is looked for once more in the database, since it may be new. Safe for use by several threads.
 */
public final class SchemaCatalog {

    private final DatabaseEngine engine;
    private final JdbcOperations jdbc;
    private volatile @Nullable Schema known;

    public SchemaCatalog(DatabaseEngine engine, JdbcOperations jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /** The engine whose tables these are. */
    public DatabaseEngine engine() {
        return engine;
    }

    /** The schema as it was last read. */
    public Schema current() {
        Schema current = known;
        return current != null ? current : refresh();
    }

    /** Reads the schema anew. */
    public Schema refresh() {
        Schema read = new Schema(Objects.requireNonNull(jdbc.execute(engine::tables)));
        known = read;
        return read;
    }

    /** The table of this name, with or without its schema; empty if there is none now. */
    public Optional<TableInfo> find(String table) {
        Optional<TableInfo> found = current().find(table);
        return found.isPresent() ? found : refresh().find(table);
    }

    /**
     * The table of this name, with or without its schema.
     *
     * @throws UnknownNameException if there is none now; it names those that are most alike, and all there are
     */
    public TableInfo table(String name) {
        return find(name)
                .orElseThrow(() -> UnknownNameException.of(
                        "table",
                        name,
                        "the database",
                        current().tables().stream().map(TableInfo::name).toList()));
    }
}
