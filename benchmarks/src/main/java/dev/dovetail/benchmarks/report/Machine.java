package dev.dovetail.benchmarks.report;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.Database;
import dev.dovetail.benchmarks.subject.PostgresqlServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jooq.DSLContext;
import org.springframework.boot.SpringApplication;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was measured where and when, without anything that names the machine or its user. */
public final class Machine {

    /** System property: which version of the sources. */
    public static final String COMMIT = "dovetail.benchmarks.commit";

    private static final double GIB = 1 << 30;

    private Machine() {}

    /** The facts by their names, for JSON. Whoever measures writes them down; a report that is made anew reads them. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("commit", System.getProperty(COMMIT, "unknown"));
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", memory());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("SQLite", sqliteVersion());
        String server = System.getProperty(PostgresqlServer.VERSION);
        if (server != null) {
            facts.put("PostgreSQL", server);
        }
        facts.put("sqlite-jdbc", version(org.sqlite.JDBC.class));
        facts.put("pgjdbc", version(org.postgresql.Driver.class));
        facts.put("HikariCP", version(HikariDataSource.class));
        facts.put("Caffeine", version(Caffeine.class));
        facts.put("Spring Boot", version(SpringApplication.class));
        facts.put("Spring JDBC", version(JdbcClient.class));
        facts.put("Spring Data JDBC", version(JdbcAggregateTemplate.class));
        facts.put("Hibernate", version(Session.class));
        facts.put("jOOQ", version(DSLContext.class));
        facts.put("Dovetail", version(Database.class));
        return facts;
    }

    /** The facts that a run wrote down. */
    public static Map<String, String> facts(Path json) {
        Map<String, String> facts = new LinkedHashMap<>();
        Results.tree(json)
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        return facts;
    }

    /** The facts in one paragraph. */
    public static String sentence(Map<String, String> facts) {
        return "Measured on %s (%s), commit %s: %s"
                        .formatted(
                                facts.get("date"),
                                "UTC",
                                facts.get("commit"),
                                facts.entrySet().stream()
                                        .filter(fact -> !fact.getKey().equals("date")
                                                && !fact.getKey().equals("commit"))
                                        .map(fact -> fact.getKey() + " " + fact.getValue())
                                        .collect(Collectors.joining(", ")))
                + ".\n";
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException ex) {
            return System.getProperty("os.arch");
        }
    }

    private static String memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Math.round(system.getTotalMemorySize() / GIB) + " GiB";
    }

    private static String sqliteVersion() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** As its manifest says, else as the name of its jar does. */
    private static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        if (version != null) {
            return version;
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String file = source == null ? "" : source.getLocation().getPath();
        return file.endsWith(".jar")
                ? file.substring(file.lastIndexOf('/') + 1)
                        .replaceFirst("^.*?-(?=\\d)", "")
                        .replace(".jar", "")
                : "of this build";
    }
}
