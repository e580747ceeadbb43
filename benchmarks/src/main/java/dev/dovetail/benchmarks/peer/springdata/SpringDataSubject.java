package dev.dovetail.benchmarks.peer.springdata;

import dev.dovetail.benchmarks.peer.Contexts;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stock Spring Data JDBC, auto-configured by Spring Boot. */
public final class SpringDataSubject implements Subject {

    private static final String LIBRARIES = "data-jdbc";
    private static final Sort BY_ID = Sort.by("id");

    private final ConfigurableApplicationContext context;
    private final Users users;
    private final TransactionTemplate transaction;

    private SpringDataSubject(ConfigurableApplicationContext context) {
        this.context = context;
        users = context.getBean(Users.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** As it comes. */
    public static SpringDataSubject on(DatabaseUnderTest database) {
        return new SpringDataSubject(Contexts.start(
                configuration(database), LIBRARIES, Contexts.stockDataSource(database), Contexts.AS_IT_COMES));
    }

    /** Its repositories open no transactions by themselves. */
    public static SpringDataSubject withoutTransactions(DatabaseUnderTest database) {
        return new SpringDataSubject(Contexts.start(
                configuration(database),
                LIBRARIES,
                Contexts.stockDataSource(database),
                Contexts.NO_DEFAULT_TRANSACTIONS));
    }

    private static Class<?> configuration(DatabaseUnderTest database) {
        return database.engine() == Engine.SQLITE ? SqliteConfiguration.class : SpringDataConfiguration.class;
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
        return users.findByIdGreaterThanOrderById(after, PageRequest.ofSize(PAGE_SIZE));
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
