package dev.dovetail.contract.repository.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.repository.AdaptedJdbcTemplate;
import dev.dovetail.repository.DovetailAggregateTemplate;
import dev.dovetail.repository.RepositoryJdbcTemplate;
import dev.dovetail.schema.SchemaCatalog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.EntityRowMapper;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.JdbcConfiguration;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Does the same with an entity by Dovetail's way to the database and by Spring Data's own, and compares. */
final class TwoWays {

    private final TestEngine engine;
    private final TestApplication application;
    private final JdbcConverter converter;
    private final NamedParameterJdbcTemplate jdbc;
    private final JdbcAggregateTemplate ours;
    private final JdbcAggregateTemplate stock;

    TwoWays(TestEngine engine, TestApplication application) {
        this.engine = engine;
        this.application = application;
        this.converter = application.bean(JdbcConverter.class);
        this.jdbc = new AdaptedJdbcTemplate(
                RepositoryJdbcTemplate.like(application.template(), application.bean(SchemaCatalog.class)),
                application.bean(DatabaseEngine.class),
                NamedParameterJdbcTemplate.DEFAULT_CACHE_LIMIT);
        this.ours = application.bean(DovetailAggregateTemplate.class);
        this.stock = new JdbcAggregateTemplate(
                application.context(),
                converter.getMappingContext(),
                converter,
                JdbcConfiguration.createDataAccessStrategy(
                        jdbc, converter, QueryMappingConfiguration.EMPTY, application.bean(JdbcDialect.class)));
    }

    /** What came of something: a result or an exception. */
    private record Outcome(
            @Nullable Object result, @Nullable RuntimeException failure) {

        static Outcome of(Supplier<?> action) {
            try {
                return new Outcome(action.get(), null);
            } catch (RuntimeException e) {
                return new Outcome(null, e);
            }
        }

        void isAs(Outcome expected, String doing, GeneratedEntity entity, String... ignored) {
            Class<?> failed = failure == null ? null : failure.getClass();
            Class<?> wanted = expected.failure == null ? null : expected.failure.getClass();
            if (!Objects.equals(failed, wanted)) {
                AssertionError error = new AssertionError("%s: ours %s, stock %s\n%s\n%s"
                        .formatted(doing, failure, expected.failure, entity.source(), entity.table()));
                error.addSuppressed(failure == null ? expected.failure : failure);
                throw error;
            }
            assertThat(result)
                    .as("%s\n%s\n%s", doing, entity.source(), entity.table())
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .ignoringFields(ignored)
                    .isEqualTo(expected.result);
        }
    }

    /** Compares everything that is done with rows of an entity, whose values the seed decides. */
    void compare(GeneratedEntity entity, long seed) {
        application.define(entity.table());
        try {
            Random random = new Random(seed);
            for (int i = 0; i < 3; i++) {
                compareRow(entity, random);
            }
            compareMany(entity, random);
            compare("find all", entity, () -> ours.findAll(entity.type()), () -> stock.findAll(entity.type()));
            compare("count", entity, () -> ours.count(entity.type()), () -> stock.count(entity.type()));
        } finally {
            application.define("DROP TABLE " + entity.tableName());
        }
    }

    /** Compares what comes of the same on both ways, which must be two where the entity has one of its own. */
    private void compare(
            String doing, GeneratedEntity entity, Supplier<?> mine, Supplier<?> theirs, String... ignored) {
        application.statements();
        Outcome outcome = Outcome.of(mine);
        List<String> sent = sent();
        Outcome expected = Outcome.of(theirs);
        outcome.isAs(expected, doing, entity, ignored);
        if (entity.shape().isOneRow() && !sent.isEmpty()) {
            assertThat(sent)
                    .as("%s by another way\n%s\n%s", doing, entity.source(), entity.table())
                    .doesNotContainAnyElementsOf(sent());
        }
    }

    private List<String> sent() {
        return application.statements().stream()
                .map(StatementEvent::sql)
                .filter(sql -> sql.contains("\""))
                .toList();
    }

    private void compareRow(GeneratedEntity entity, Random random) {
        Object[] values = entity.shape().values(random);
        Object otherId = entity.shape().id().next(random);
        Outcome mine = Outcome.of(() -> ours.insert(entity.of(values)));
        Outcome theirs = Outcome.of(() -> stock.insert(entity.of(withId(values, otherId))));
        mine.isAs(theirs, "insert", entity, "id");
        if (mine.result() == null || theirs.result() == null) {
            return;
        }
        Object one = id(entity, mine.result());
        Object other = id(entity, theirs.result());
        compareRaw(entity, one, other, "insert");
        read(entity, one);
        read(entity, other);
        readShuffled(entity, random);

        Object[] changed = changed(values, entity.shape().values(random), random);
        entity.shape().setVersion(changed, version(entity, mine.result()));
        compare(
                "update",
                entity,
                () -> ours.update(entity.of(withId(changed, one))),
                () -> stock.update(entity.of(withId(changed, other))),
                "id");
        compareRaw(entity, one, other, "update");
        read(entity, one);
        if (!entity.shape().version().isEmpty()) {
            compare(
                    "stale update",
                    entity,
                    () -> ours.update(entity.of(withId(changed, one))),
                    () -> stock.update(entity.of(withId(changed, one))));
        }
        if (random.nextBoolean()) {
            compare(
                    "exists",
                    entity,
                    () -> ours.existsById(one, entity.type()),
                    () -> stock.existsById(other, entity.type()));
            compare("delete", entity, () -> deleted(ours, one, entity), () -> deleted(stock, other, entity));
            compare(
                    "exists no more",
                    entity,
                    () -> ours.existsById(one, entity.type()),
                    () -> stock.existsById(other, entity.type()));
        }
    }

    private void compareMany(GeneratedEntity entity, Random random) {
        List<Object[]> values =
                Stream.generate(() -> entity.shape().values(random)).limit(3).toList();
        List<Object[]> others = values.stream()
                .map(each -> withId(each, entity.shape().id().next(random)))
                .toList();
        Outcome mine = Outcome.of(() -> inserted(ours, entity, values));
        Outcome theirs = Outcome.of(() -> inserted(stock, entity, others));
        if (mine.result() instanceof List<?> my && theirs.result() instanceof List<?> their) {
            for (int i = 0; i < values.size(); i++) {
                new Outcome(my.get(i), null).isAs(new Outcome(their.get(i), null), "insert all", entity, "id");
                compareRaw(entity, id(entity, my.get(i)), id(entity, their.get(i)), "insert all");
            }
        } else {
            mine.isAs(theirs, "insert all", entity);
        }
    }

    // In a transaction, as repositories do it.
    private Object inserted(JdbcAggregateTemplate template, GeneratedEntity entity, List<Object[]> values) {
        return Objects.requireNonNull(application
                .transaction()
                .execute(status ->
                        template.insertAll(values.stream().map(entity::of).toList())));
    }

    // Either all of them, or few, as applications do.
    private static Object[] changed(Object[] values, Object[] others, Random random) {
        if (random.nextBoolean()) {
            return others;
        }
        Object[] changed = values.clone();
        for (int i = 0; i < changed.length; i++) {
            if (random.nextInt(4) == 0) {
                changed[i] = others[i];
            }
        }
        return changed;
    }

    private static boolean deleted(JdbcAggregateTemplate template, Object id, GeneratedEntity entity) {
        template.deleteById(id, entity.type());
        return true;
    }

    /** Stores values that no entity would write, and reads them. */
    void compareForeign(GeneratedEntity entity, long seed, List<String> literals) {
        application.define(entity.table());
        try {
            Random random = new Random(seed);
            for (int i = 0; i < 10; i++) {
                storeForeign(entity, random, literals);
            }
            List<String> ids = application
                    .template()
                    .queryForList("SELECT CAST(id AS varchar(99)) FROM " + entity.tableName(), String.class);
            for (String id : ids) {
                Object key = converter.getConversionService().convert(id, idType(entity));
                read(entity, Objects.requireNonNull(key));
            }
            readShuffled(entity, random);
        } finally {
            application.define("DROP TABLE " + entity.tableName());
        }
    }

    private Class<?> idType(GeneratedEntity entity) {
        Class<?> type = mapped(entity).getRequiredIdProperty().getType();
        return type == Parts.Code.class ? String.class : type;
    }

    private void storeForeign(GeneratedEntity entity, Random random, List<String> literals) {
        Object id = Outcome.of(() -> {
                    Object made = stock.insert(entity.of(entity.shape().values(random)));
                    return id(entity, made);
                })
                .result();
        if (id == null) {
            return;
        }
        String where = " WHERE CAST(id AS varchar(99)) = ?";
        List<String> columns = columns(entity);
        String column = columns.get(random.nextInt(columns.size()));
        String literal = literals.get(random.nextInt(literals.size()));
        String key = id instanceof Parts.Code code ? code.text() : id.toString();
        String sql = "UPDATE %s SET %s = %s".formatted(entity.tableName(), column, literal) + where;
        // The database may refuse it, and does so where the columns hold only what they say.
        Outcome.of(() -> application.template().update(sql, key));
    }

    private List<String> columns(GeneratedEntity entity) {
        return application.template().query("SELECT * FROM " + entity.tableName() + " LIMIT 0", rows -> {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                names.add(rows.getMetaData().getColumnLabel(i));
            }
            names.remove("id");
            return names;
        });
    }

    private void read(GeneratedEntity entity, Object id) {
        compare("find by id", entity, () -> ours.findById(id, entity.type()), () -> stock.findById(id, entity.type()));
    }

    /** Reads by a statement of the user's, whose columns are in any order, spelt in any way, and may be missing. */
    private void readShuffled(GeneratedEntity entity, Random random) {
        List<String> columns = new ArrayList<>(columns(entity));
        columns.add("id");
        Collections.shuffle(columns, random);
        List<String> some = columns.subList(0, random.nextInt(3) == 0 ? columns.size() / 2 + 1 : columns.size());
        String sql = some.stream()
                // An I has another small letter in Turkish, by which Spring Data would not find it.
                .map(column -> random.nextInt(3) == 0 && column.indexOf('i') < 0
                        ? column + " AS \"" + column.toUpperCase(Locale.ROOT) + "\""
                        : column)
                .collect(Collectors.joining(", ", "SELECT 1 AS extra, ", " FROM " + entity.tableName()));
        RowMapper<?> mapper = ours.getRowMapper(entity.type());
        RowMapper<?> plain = new EntityRowMapper<>(mapped(entity), converter);
        Outcome.of(() -> jdbc.query(sql, mapper)).isAs(Outcome.of(() -> jdbc.query(sql, plain)), sql, entity);
    }

    private RelationalPersistentEntity<?> mapped(GeneratedEntity entity) {
        return converter.getMappingContext().getRequiredPersistentEntity(entity.type());
    }

    private void compareRaw(GeneratedEntity entity, Object one, Object other, String doing) {
        assertThat(raw(entity, one))
                .as("%s\n%s\n%s", doing, entity.source(), entity.table())
                .isEqualTo(raw(entity, other));
    }

    private List<String> raw(GeneratedEntity entity, Object id) {
        String cells = columns(entity).stream()
                .map(column -> engine == TestEngine.SQLITE
                        ? "typeof(%1$s) || quote(%1$s)".formatted(column)
                        : "coalesce(%s::text, 'NULL')".formatted(column))
                .collect(Collectors.joining(", ", "SELECT 1, ", " FROM " + entity.tableName()));
        String key = id instanceof Parts.Code code ? code.text() : id.toString();
        return application
                .template()
                .queryForObject(
                        cells + " WHERE CAST(id AS varchar(99)) = ?",
                        (rows, row) -> {
                            List<String> found = new ArrayList<>();
                            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                                found.add(rows.getString(i));
                            }
                            return found;
                        },
                        key);
    }

    private @Nullable Object version(GeneratedEntity entity, Object instance) {
        RelationalPersistentProperty version = mapped(entity).getVersionProperty();
        return version == null
                ? null
                : mapped(entity).getPropertyAccessor(instance).getProperty(version);
    }

    private Object id(GeneratedEntity entity, Object instance) {
        return mapped(entity).getIdentifierAccessor(instance).getRequiredIdentifier();
    }

    private static Object[] withId(Object[] values, @Nullable Object id) {
        Object[] copy = values.clone();
        copy[0] = id;
        return copy;
    }
}
