package dev.dovetail.test;

import dev.dovetail.test.PostgresSource.Started;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests, with or without Docker. This class decides where it comes from and prints it:
 *
 * <ol>
 *   <li>the server named by the system properties {@code dovetail.test.postgresql.url}, {@code .username} and
 *       {@code .password} or the environment variables {@code DOVETAIL_TEST_POSTGRESQL_URL}, {@code _USERNAME} and
 *       {@code _PASSWORD}; if it does not answer that is an error and nothing else is tried
 *   <li>a container {@code postgres:18}, where a Docker engine answers
 *   <li>PostgreSQL's own binaries from the class path, started as a process
 * </ol>
 *
 * <p>Where none of them works, tests fail, unless {@code -Ddovetail.test.postgresql=skip} says that they are to be
 * skipped. A server started here runs in the time zone America/St_Johns; sessions of the JDBC driver have the zone of
 * their JVM.
 *
 * <p>Thread-safe.
 */
public sealed class PostgresServer permits DedicatedPostgresServer {

    private static @Nullable PostgresDecision decision;
    private static @Nullable PostgresServer shared;

    private final String description;
    private final TestDatabases databases;

    PostgresServer(String description, TestDatabases databases) {
        this.description = description;
        this.databases = databases;
    }

    /**
     * The one server of this JVM, started at the first call and stopped at the end of the JVM.
     *
     * @throws IllegalStateException if there is no PostgreSQL, or the given one does not let us in
     * @throws org.opentest4j.TestAbortedException if there is none and tests that need one are to be skipped
     */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A server of its own for a test that stops it, kills it or needs other settings; see there. */
    public static DedicatedPostgresServer dedicated() {
        return dedicated(Map.of());
    }

    /**
     * A server of its own, which always runs from the binaries: a container would come back on another port.
     *
     * @param settings of {@code postgresql.conf}, without white space in the values; {@code fsync} is off without one
     * @throws IllegalStateException if it does not start
     * @throws org.opentest4j.TestAbortedException if it does not start and tests that need one are to be skipped
     */
    public static DedicatedPostgresServer dedicated(Map<String, String> settings) {
        ServerProcess process = new ServerProcess(ServerSettings.with(settings));
        atExit(process::delete);
        try {
            process.start();
        } catch (IOException | RuntimeException ex) {
            process.delete();
            PostgresSource failed = () -> ServerBinaries.unavailable(ex);
            PostgresDecision.among(List.of(failed)).startedOrFail(System.getProperties());
            throw new AssertionError("unreachable: there was nothing started", ex);
        }
        return new DedicatedPostgresServer(process);
    }

    /** Which server this is and why no other, in one line. */
    public String description() {
        return description;
    }

    /**
     * The login under which databases are made. A superuser, unless somebody gave a server with a lesser login.
     *
     * <p>For what an application's own role may not do, such as {@code pg_terminate_backend} on others' sessions.
     */
    public ConnectionInfo superuser() {
        return databases.login();
    }

    /**
     * Makes an empty database with a random name, owned by an ordinary role of the same name, so that a test which
     * needs more rights than an application has in production fails here.
     *
     * <p>Its texts sort by ICU's English rules, not bytewise: {@code a} before {@code B}. Without ICU they sort as the
     * server does by default.
     *
     * @throws IllegalStateException if the server refuses
     */
    public TestDatabase newDatabase() {
        return databases.create();
    }

    @Override
    public String toString() {
        return description;
    }

    private static PostgresServer start() {
        if (decision == null) {
            decision = PostgresDecision.among(List.of(
                    new GivenServer(System.getProperties(), System.getenv()),
                    new DockerContainer(DockerProbe.ofThisMachine()),
                    new ServerBinaries()));
        }
        Started started = decision.startedOrFail(System.getProperties());
        TestDatabases databases = new TestDatabases(started.superuser());
        Runnable end = started.end();
        // What goes as a whole is not taken apart before: hundreds of databases take longer than a JVM is given to end.
        atExit(end != null ? end : databases::dropAll);
        String description = "PostgreSQL for tests: " + databases.serverVersion() + " " + started.what()
                + (decision.refusals().isEmpty() ? "" : " (" + decision.reasons() + ")");
        announce(description);
        return new PostgresServer(description, databases);
    }

    /** On standard output: whoever reads a test's report needs this line, and a logger's level may hide it. */
    private static void announce(String description) {
        System.out.println(description);
    }

    private static void atExit(Runnable cleanup) {
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup, "postgres-cleanup"));
    }
}
