package dev.dovetail.benchmarks.peer.jooq;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.benchmarks.peer.Pools;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record5;
import org.jooq.Records;
import org.jooq.SQLDialect;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** jOOQ with typed fields and its constructor mapping, as its manual recommends; without generated code. */
public final class JooqSubject implements Subject {

    private static final Table<Record> USERS = table(name("users"));
    private static final Field<Long> ID = field(name("users", "id"), SQLDataType.BIGINT);
    private static final Field<String> EMAIL = field(name("users", "email"), SQLDataType.CLOB);
    private static final Field<String> NAME = field(name("users", "name"), SQLDataType.CLOB);
    private static final Field<Integer> AGE = field(name("users", "age"), SQLDataType.INTEGER);

    private final Engine engine;
    private final HikariDataSource dataSource;
    private final DSLContext context;
    private final Field<Instant> createdAt;

    public JooqSubject(DatabaseUnderTest database) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        engine = database.engine();
        dataSource = Pools.open(database);
        context = DSL.using(dataSource, engine == Engine.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES);
        createdAt = field(name("users", "created_at"), moment());
    }

    @Override
    public User byId(long id) {
        return byId(context, id);
    }

    @Override
    public User byEmail(String email) {
        return Objects.requireNonNull(select(context).where(EMAIL.eq(email)).fetchOne(Records.mapping(UserRow::new)));
    }

    @Override
    public List<UserRow> all() {
        return select(context).fetch(Records.mapping(UserRow::new));
    }

    @Override
    public long insert(UserRow user) {
        return insert(context, user);
    }

    @Override
    public void update(UserRow user) {
        update(context, user);
    }

    @Override
    public List<UserRow> saveAll(List<UserRow> users) {
        return context.transactionResult(configuration -> {
            List<Long> ids = insert(configuration.dsl(), users);
            List<UserRow> saved = new ArrayList<>(users.size());
            for (int i = 0; i < users.size(); i++) {
                saved.add(users.get(i).withId(ids.get(i)));
            }
            return saved;
        });
    }

    @Override
    public List<UserRow> pageByOffset(int page) {
        return page(select(context)
                .orderBy(ID)
                .limit(PAGE_SIZE + 1)
                .offset(page * PAGE_SIZE)
                .fetch(Records.mapping(UserRow::new)));
    }

    @Override
    public List<UserRow> pageByKeyset(long after) {
        return page(select(context).orderBy(ID).seek(after).limit(PAGE_SIZE + 1).fetch(Records.mapping(UserRow::new)));
    }

    @Override
    public void readModifyWrite(long id) {
        context.transaction(configuration ->
                update(configuration.dsl(), byId(configuration.dsl(), id).older()));
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private UserRow byId(DSLContext on, long id) {
        return Objects.requireNonNull(select(on).where(ID.eq(id)).fetchOne(Records.mapping(UserRow::new)));
    }

    private long insert(DSLContext on, UserRow user) {
        return Objects.requireNonNull(on.insertInto(USERS, EMAIL, NAME, AGE, createdAt)
                .values(user.email(), user.name(), user.age(), user.createdAt())
                .returningResult(ID)
                .fetchOne(Record1::value1));
    }

    /** In one statement on PostgreSQL; on SQLite jOOQ gets only the last id of several rows. */
    private List<Long> insert(DSLContext on, List<UserRow> users) {
        if (engine == Engine.SQLITE) {
            return users.stream().map(user -> insert(on, user)).toList();
        }
        return on.insertInto(USERS, EMAIL, NAME, AGE, createdAt)
                .valuesOfRows(users.stream()
                        .map(user -> DSL.row(user.email(), user.name(), user.age(), user.createdAt()))
                        .toList())
                .returningResult(ID)
                .fetch(Record1::value1);
    }

    private void update(DSLContext on, UserRow user) {
        on.update(USERS)
                .set(EMAIL, user.email())
                .set(NAME, user.name())
                .set(AGE, user.age())
                .set(createdAt, user.createdAt())
                .where(ID.eq(user.id()))
                .execute();
    }

    private SelectJoinStep<Record5<Long, String, String, Integer, Instant>> select(DSLContext on) {
        return on.select(ID, EMAIL, NAME, AGE, createdAt).from(USERS);
    }

    private DataType<Instant> moment() {
        return engine == Engine.SQLITE
                ? SQLDataType.BIGINT.asConvertedDataType(
                        Converter.of(Long.class, Instant.class, Engine::fromMicros, Engine::micros))
                : SQLDataType.INSTANT;
    }

    private static List<UserRow> page(List<UserRow> users) {
        return users.size() > PAGE_SIZE ? users.subList(0, PAGE_SIZE) : users;
    }
}
