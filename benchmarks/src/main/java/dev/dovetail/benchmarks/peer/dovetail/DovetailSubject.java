package dev.dovetail.benchmarks.peer.dovetail;

import dev.dovetail.benchmarks.peer.Contexts;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Dovetail as an application has it: the database is named, and nothing else is set. */
public final class DovetailSubject implements Subject {

    /** What else of the class path it has; see {@link Contexts}. */
    public static final String LIBRARIES = "dovetail,data-jdbc";

    private static final Sort BY_ID = Sort.by("id");

    private final ConfigurableApplicationContext context;
    private final Users users;
    private final TransactionTemplate transaction;

    private DovetailSubject(ConfigurableApplicationContext context) {
        this.context = context;
        users = context.getBean(Users.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** As it comes, without Actuator. */
    public static DovetailSubject on(DatabaseUnderTest database) {
        return start(properties(database), LIBRARIES, Contexts.AS_IT_COMES);
    }

    /** As it comes with its starter: Actuator counts and times each call of a repository. */
    public static DovetailSubject withActuator(DatabaseUnderTest database) {
        return start(properties(database), LIBRARIES + ",actuator", Contexts.AS_IT_COMES);
    }

    /** Its repositories open no transactions by themselves. */
    public static DovetailSubject withoutTransactions(DatabaseUnderTest database) {
        return start(properties(database), LIBRARIES, Contexts.NO_DEFAULT_TRANSACTIONS);
    }

    /** Nothing of its caches is there. */
    public static DovetailSubject withoutCache(DatabaseUnderTest database) {
        Map<String, String> properties = properties(database);
        properties.put("dovetail.cache.enabled", "false");
        return start(properties, LIBRARIES, Contexts.AS_IT_COMES);
    }

    /** As it comes, with its backups in this directory, where only the newest one stays. */
    public static DovetailSubject withBackups(DatabaseUnderTest database, Path directory) {
        Map<String, String> properties = properties(database);
        properties.put("dovetail.backup.directory", directory.toString());
        properties.put("dovetail.backup.keep-last", "1");
        return start(properties, LIBRARIES, Contexts.AS_IT_COMES);
    }

    /** With these settings, and with Actuator if that is wanted. */
    public static DovetailSubject with(DatabaseUnderTest database, Map<String, String> settings, boolean actuator) {
        Map<String, String> properties = properties(database);
        properties.putAll(settings);
        return start(properties, actuator ? LIBRARIES + ",actuator" : LIBRARIES, Contexts.AS_IT_COMES);
    }

    private static DovetailSubject start(
            Map<String, String> properties,
            String libraries,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        return new DovetailSubject(Contexts.start(DovetailConfiguration.class, libraries, properties, initializer));
    }

    /** What names the database. */
    public static Map<String, String> properties(DatabaseUnderTest database) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (database.engine() == Engine.SQLITE) {
            properties.put("dovetail.sqlite.path", database.file());
        } else {
            properties.put("spring.datasource.url", database.url());
            properties.put("spring.datasource.username", database.username());
            properties.put("spring.datasource.password", database.password());
        }
        // The table is there already, as for everybody.
        properties.put("spring.flyway.baseline-on-migrate", "true");
        return properties;
    }

    /** The bean of this type. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Whether there is a bean of this type. */
    public boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    @Override
    public User byId(long id) {
        return users.findById(id).orElseThrow();
    }

    @Override
    public User byEmail(String email) {
        return users.findByEmail(email).orElseThrow();
    }

    @Override
    public List<UserRow> all() {
        return users.findAll();
    }

    @Override
    public long insert(UserRow user) {
        return Objects.requireNonNull(users.save(user).id());
    }

    @Override
    public void update(UserRow user) {
        users.save(user);
    }

    @Override
    public List<UserRow> saveAll(List<UserRow> rows) {
        return users.saveAll(rows);
    }

    @Override
    public Iterable<UserRow> pageByOffset(int page) {
        return users.findAllBy(PageRequest.of(page, PAGE_SIZE, BY_ID));
    }

    @Override
    public Iterable<UserRow> pageByKeyset(long after) {
        return users.findFirst20ByOrderById(ScrollPosition.forward(Map.of("id", after)));
    }

    @Override
    public void readModifyWrite(long id) {
        transaction.executeWithoutResult(
                status -> users.save(users.findById(id).orElseThrow().older()));
    }

    @Override
    public void close() {
        context.close();
    }
}
