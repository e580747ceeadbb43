package dev.dovetail.benchmarks.peer.jpa;

import dev.dovetail.benchmarks.peer.Contexts;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring Data JPA with Hibernate, auto-configured by Spring Boot. Each call has a persistence context of its own. */
public final class JpaSubject implements Subject {

    private static final Sort BY_ID = Sort.by("id");

    private final ConfigurableApplicationContext context;
    private final Users users;
    private final TransactionTemplate transaction;

    public JpaSubject(DatabaseUnderTest database) {
        context = Contexts.start(JpaConfiguration.class, "jpa", properties(database), Contexts.AS_IT_COMES);
        users = context.getBean(Users.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** As Hibernate's guides recommend: connections come without autocommit, batches where ids allow them. */
    private static Map<String, String> properties(DatabaseUnderTest database) {
        Map<String, String> properties = Contexts.stockDataSource(database);
        properties.put("spring.jpa.properties.hibernate.jdbc.batch_size", "100");
        properties.put("spring.jpa.hibernate.ddl-auto", "none");
        properties.put("spring.jpa.open-in-view", "false");
        properties.put(JpaConfiguration.MICROS, Boolean.toString(database.engine() == Engine.SQLITE));
        if (database.engine() == Engine.SQLITE) {
            properties.put("spring.jpa.database-platform", "org.hibernate.community.dialect.SQLiteDialect");
        } else {
            // Not on SQLite: without autocommit its driver begins the next transaction, and takes the write lock, at
            // commit.
            properties.put("spring.datasource.hikari.auto-commit", "false");
            properties.put("spring.jpa.properties.hibernate.connection.provider_disables_autocommit", "true");
        }
        return properties;
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
    public List<? extends User> all() {
        return users.findAll();
    }

    @Override
    public long insert(UserRow user) {
        return Objects.requireNonNull(users.save(new UserEntity(user)).id());
    }

    @Override
    public void update(UserRow user) {
        users.save(new UserEntity(user));
    }

    @Override
    public List<? extends User> saveAll(List<UserRow> rows) {
        return users.saveAll(rows.stream().map(UserEntity::new).toList());
    }

    @Override
    public Iterable<? extends User> pageByOffset(int page) {
        return users.findAllBy(PageRequest.of(page, PAGE_SIZE, BY_ID));
    }

    @Override
    public Iterable<? extends User> pageByKeyset(long after) {
        return users.findFirst20ByOrderById(ScrollPosition.forward(Map.of("id", after)));
    }

    @Override
    public void readModifyWrite(long id) {
        transaction.executeWithoutResult(
                status -> users.findById(id).orElseThrow().growOlder());
    }

    @Override
    public void close() {
        context.close();
    }
}
