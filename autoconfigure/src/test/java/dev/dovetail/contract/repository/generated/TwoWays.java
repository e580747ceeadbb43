package dev.dovetail.contract.repository.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
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
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.EntityRowMapper;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.JdbcConfiguration;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
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

        void isAs(Outcome expected, String doing, GeneratedEntity entity) {
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
                    .isEqualTo(expected.result);
        }
    }

    /** Compares everything that is done with rows of an entity, whose values the seed decides. */
    void compare(GeneratedEntity entity, long seed, boolean direct) {
        application.define(entity.table());
        try {
            Random random = new Random(seed);
            for (int i = 0; i < 3; i++) {
                compareRow(entity, random);
            }
            Outcome.of(() -> ours.findAll(entity.type()))
                    .isAs(Outcome.of(() -> stock.findAll(entity.type())), "find all", entity);
            assertThat(ours.count(entity.type())).isEqualTo(stock.count(entity.type()));
            if (direct) {
                assertDirect(entity);
            }
        } finally {
            application.define("DROP TABLE " + entity.tableName());
        }
    }

    // Otherwise a way would be compared with itself.
    private void assertDirect(GeneratedEntity entity) {
        application.statements();
        ours.count(entity.type());
        assertThat(application.statements())
                .as(entity.source())
                .extracting(event -> event.sql().toLowerCase(Locale.ROOT))
                .containsExactly("select count(*) from \"" + entity.tableName() + "\"");
    }

    private void compareRow(GeneratedEntity entity, Random random) {
        Object[] values = entity.shape().values(random);
        Object otherId = entity.shape().id().next(random);
        Outcome mine = Outcome.of(() -> ours.insert(entity.of(values)));
        Outcome theirs = Outcome.of(() -> stock.insert(entity.of(withId(values, otherId))));
        if (mine.result() == null || theirs.result() == null) {
            mine.isAs(theirs, "insert", entity);
            return;
        }
        Object one = id(entity, mine.result());
        Object other = id(entity, theirs.result());
        compareRaw(entity, one, other, "insert");
        read(entity, one);
        read(entity, other);
        readShuffled(entity, random);

        Object[] changed = entity.shape().values(random);
        Outcome.of(() -> ours.update(entity.of(withId(changed, one))) != null)
                .isAs(Outcome.of(() -> stock.update(entity.of(withId(changed, other))) != null), "update", entity);
        compareRaw(entity, one, other, "update");
        read(entity, one);
        if (!entity.shape().version().isEmpty()) {
            Outcome.of(() -> ours.update(entity.of(withId(changed, one))))
                    .isAs(Outcome.of(() -> stock.update(entity.of(withId(changed, one)))), "stale update", entity);
        }
        if (random.nextBoolean()) {
            assertThat(ours.existsById(one, entity.type())).isTrue();
            Outcome.of(() -> deleted(ours, one, entity))
                    .isAs(Outcome.of(() -> deleted(stock, other, entity)), "delete", entity);
            assertThat(ours.existsById(one, entity.type())).isEqualTo(stock.existsById(other, entity.type()));
        }
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
        Outcome.of(() -> ours.findById(id, entity.type()))
                .isAs(Outcome.of(() -> stock.findById(id, entity.type())), "find by id", entity);
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

    private Object id(GeneratedEntity entity, Object instance) {
        return mapped(entity).getIdentifierAccessor(instance).getRequiredIdentifier();
    }

    private static Object[] withId(Object[] values, @Nullable Object id) {
        Object[] copy = values.clone();
        copy[0] = id;
        return copy;
    }
}
