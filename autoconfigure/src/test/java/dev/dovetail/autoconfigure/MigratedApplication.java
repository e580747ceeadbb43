package dev.dovetail.autoconfigure;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.backup.DumpableDatabase;
import dev.dovetail.migration.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application that is started again and again on one database, with other scripts each time.
 *
 * @param properties that name the database
 */
record MigratedApplication(Path directory, Map<String, String> properties, Scripts scripts) {

    /** On a new database, with a first script that makes a table {@code item} with one row. */
    static MigratedApplication on(TestEngine engine, Path directory) {
        return on(DumpableDatabase.fresh(engine), directory);
    }

    /** On this database, with the same script. */
    static MigratedApplication on(Map<String, String> properties, Path directory) {
        Scripts scripts = new Scripts(directory.resolve("scripts")).with("V1__item.sql", """
                        CREATE TABLE item (id ${bigint} NOT NULL PRIMARY KEY, name ${text});
                        INSERT INTO item VALUES (1, 'first');
                        """);
        return new MigratedApplication(directory, properties, scripts);
    }

    /** As it is started next, with further properties. */
    ApplicationContextRunner next(String... more) {
        return Wiring.runner().withPropertyValues(all()).withPropertyValues(more);
    }

    String[] all() {
        List<String> all = new ArrayList<>();
        properties.forEach((name, value) -> all.add(name + "=" + value));
        all.add("spring.flyway.locations=" + scripts.location());
        all.add("dovetail.backup.directory=" + backupDirectory());
        all.add("dovetail.optimizer.enabled=false");
        return all.toArray(String[]::new);
    }

    Path backupDirectory() {
        return directory.resolve("backups");
    }

    /** Starts it; it must succeed. */
    void start(String... more) {
        next(more).run(context -> {
            if (context.getStartupFailure() != null) {
                throw new AssertionError("The application did not start", context.getStartupFailure());
            }
        });
    }

    /** Starts it; it must fail. What somebody reads then. */
    FailureAnalysis fail(String... more) {
        FailureAnalysis[] analysis = new FailureAnalysis[1];
        next(more)
                .run(context ->
                        analysis[0] = analyze(Objects.requireNonNull(context.getStartupFailure(), "It has started")));
        return analysis[0];
    }

    private static FailureAnalysis analyze(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, problem) -> {}))
                .stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("dev.dovetail"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody explains this", failure));
    }

    /** Changes the database, without migrating it. */
    void execute(String... statements) {
        next("spring.flyway.enabled=false")
                .run(context -> Stream.of(statements).forEach(context.getBean(JdbcTemplate.class)::execute));
    }

    /** Asks the database, as it is. */
    private <T> T ask(Function<JdbcTemplate, T> question) {
        List<T> answer = new ArrayList<>();
        next("spring.flyway.enabled=false")
                .run(context -> answer.add(question.apply(context.getBean(JdbcTemplate.class))));
        return answer.get(0);
    }

    List<String> names() {
        return ask(jdbc -> jdbc.queryForList("SELECT name FROM item ORDER BY id", String.class));
    }

    /** Versions, or descriptions of repeatable ones, that were applied. */
    List<String> applied() {
        return ask(jdbc -> jdbc.queryForList("""
                SELECT coalesce(version, description) FROM flyway_schema_history
                WHERE success AND type <> 'BASELINE' ORDER BY installed_rank""", String.class));
    }

    /** What there is in the directory, newest first. */
    List<BackupReport> backups() {
        return offline(Backups::list);
    }

    /** Does something with the backups as the command line does: without the application. */
    <T> T offline(Function<Backups, T> work) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(all()).applyTo(context);
            context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
            context.register(OfflineBackups.class);
            context.refresh();
            return work.apply(context.getBean(Backups.class));
        }
    }
}
