package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.BackupContents;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.CopyNotPossibleException;
import dev.dovetail.engine.CopyProgress;
import dev.dovetail.engine.DamagedCopyException;
import dev.dovetail.engine.DatabaseBackups;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies a database by {@code pg_dump} from one snapshot, and replaces what is in it by {@code pg_restore}. */
final class PostgresqlBackups implements DatabaseBackups {

    private static final int BUFFER = 1 << 16;
    // They speak the protocol, but pg_dump does not speak with them.
    private static final Set<String> WITHOUT_DUMPS = Set.of("CockroachDB", "YugabyteDB");
    // A server that is silent for a minute is gone: the programs themselves would wait for two hours, or for ever.
    private static final String ALIVE =
            " keepalives_idle=30 keepalives_interval=10 keepalives_count=3 tcp_user_timeout=60000";

    private final PostgresqlConnections connections;
    private final DumpEnvironment environment;
    private final OpenedSessions sessions;
    private final @Nullable String tool;

    PostgresqlBackups(
            PostgresqlConnections connections,
            DumpEnvironment environment,
            OpenedSessions sessions,
            @Nullable String tool) {
        this.connections = connections;
        this.environment = environment;
        this.sessions = sessions;
        this.tool = tool;
    }

    @Override
    public String suffix() {
        return "dump";
    }

    @Override
    public boolean compressesItself() {
        return true;
    }

    @Override
    public void requirePossible() throws SQLException, IOException {
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            String flavour = ServerProduct.of(connection).flavour();
            if (WITHOUT_DUMPS.contains(flavour)) {
                throw new CopyNotPossibleException(
                        "pg_dump cannot copy databases of " + flavour + ". Use the backups that it has itself.");
            }
            DumpTools.requireForServer(Snapshot.major(connection), tool);
            String unreadable = Snapshot.unreadable(connection);
            if (unreadable != null) {
                throw new CopyNotPossibleException(
                        "A backup needs all rows of all tables and sequences, and this role may not read those of "
                                + unreadable
                                + ". Grant it pg_read_all_data, and BYPASSRLS if row-level security hides some of them.");
            }
        }
    }

    @Override
    public long estimatedSize() throws SQLException {
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            return Snapshot.size(connection);
        }
    }

    @Override
    public BackupContents copy(Path file, CopyProgress progress) throws SQLException, IOException {
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            DumpTools tools = DumpTools.forServer(Snapshot.major(connection), tool);
            Snapshot snapshot = Snapshot.take(connection);
            List<String> arguments = List.of(
                    "--format=custom",
                    "--no-owner",
                    "--lock-wait-timeout=10s",
                    "--no-password",
                    "--dbname=" + target(),
                    "--snapshot=" + snapshot.id());
            new DumpProcess(environment, tools.dump(), arguments).run(null, output -> write(output, file, progress));
            return snapshot.contents();
        }
    }

    // How much it will be is not known before: it is compressed.
    private static void write(InputStream output, Path file, CopyProgress progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                out.write(buffer, 0, read);
                done += read;
                progress.copied(done, 0);
            }
        }
    }

    @Override
    public BackupContents check(Path file) throws IOException {
        DumpTools tools = DumpTools.newest(tool);
        DumpedRows rows = new DumpedRows();
        try {
            run(tools, List.of("--list", file.toString()), null, InputStream::transferTo);
            // The list is at the dump's begin and says nothing of the rest, so that is unpacked, too.
            run(
                    tools,
                    List.of("--data-only", "--file=-", file.toString()),
                    null,
                    (output, unused) -> rows.read(output));
        } catch (IOException e) {
            throw new DamagedCopyException("pg_restore cannot read the copy: " + e.getMessage(), e);
        }
        return new BackupContents("pg_restore " + tools.major(), 0, rows.rows(), 0);
    }

    private interface Reading {
        void read(InputStream output, OutputStream nowhere) throws IOException;
    }

    private void run(DumpTools tools, List<String> arguments, @Nullable Path input, Reading reading)
            throws IOException {
        new DumpProcess(environment, tools.restore(), arguments)
                .run(input, output -> reading.read(output, OutputStream.nullOutputStream()));
    }

    @Override
    public @Nullable Path replace(Path copy, String label) throws SQLException, IOException {
        try (Connection connection = connections.open(ConnectionRole.MAINTENANCE)) {
            DumpTools tools = DumpTools.forServer(Snapshot.major(connection), tool);
            sessions.endAbandoned(connection);
            restore(tools, copy, connection);
        }
        return null;
    }

    private void restore(DumpTools tools, Path copy, Connection connection) throws IOException {
        String application = "dovetail-restore-" + UUID.randomUUID();
        List<String> arguments = List.of(
                "--clean",
                "--if-exists",
                "--single-transaction",
                "--no-owner",
                "--no-password",
                "--dbname=" + target() + " application_name=" + quoted(application));
        try (LockWatch watch = new LockWatch(connection, application)) {
            try {
                run(tools, arguments, copy, InputStream::transferTo);
            } catch (IOException e) {
                String holders = watch.holders();
                throw holders == null
                        ? e
                        : new IOException(
                                "It waited for locks longer than 30 s, and nothing was changed. They are held by session "
                                        + holders + ". End what runs there, and restore then.",
                                e);
            }
        }
    }

    private String target() {
        return "dbname=" + quoted(connections.database()) + ALIVE;
    }

    // As the programs read it: what has a = in it they take for more than a name.
    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
