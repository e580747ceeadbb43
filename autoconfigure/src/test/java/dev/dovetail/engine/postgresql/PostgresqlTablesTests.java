package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.test.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only PostgreSQL has: schemas, domains, partitions, and types without end. */
class PostgresqlTablesTests {

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = PostgresServer.shared().newDatabase().info().connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private TableInfo table(String name) throws SQLException {
        return PostgresqlTables.read(connection).stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenTypesAreOfEveryKindThenEachHoldsWhatItHolds() throws SQLException {
        execute("""
                CREATE TYPE mood AS ENUM ('good', 'bad');
                CREATE DOMAIN price AS numeric(12,3) NOT NULL;
                CREATE DOMAIN net_price AS price CHECK (VALUE > 0);
                CREATE DOMAIN moods AS mood;
                CREATE TABLE every (
                    a smallint, b integer, c bigint, d oid, e real, f double precision, g numeric, h numeric(10,2),
                    i varchar(20), j char(3), k name, l json, m jsonb, n timestamptz, o timestamp(3), p timetz, q time,
                    r date, s money, t bytea, u uuid, v text[], w mood, x net_price, y interval, z inet, aa moods,
                    bb numeric(3,-2), cc boolean, dd integer[], ee "char", ff numeric(1000,1000), gg bit(3), hh xml)
                """);

        assertThat(table("every").columns())
                .extracting(
                        ColumnInfo::name,
                        column -> column.type().kind(),
                        column -> column.type().name())
                .containsExactly(
                        tuple("a", Kind.INTEGER, "smallint"),
                        tuple("b", Kind.INTEGER, "integer"),
                        tuple("c", Kind.INTEGER, "bigint"),
                        tuple("d", Kind.INTEGER, "oid"),
                        tuple("e", Kind.DOUBLE, "real"),
                        tuple("f", Kind.DOUBLE, "double precision"),
                        tuple("g", Kind.DECIMAL, "numeric"),
                        tuple("h", Kind.DECIMAL, "numeric(10,2)"),
                        tuple("i", Kind.TEXT, "character varying(20)"),
                        tuple("j", Kind.TEXT, "character(3)"),
                        tuple("k", Kind.TEXT, "name"),
                        tuple("l", Kind.JSON, "json"),
                        tuple("m", Kind.JSON, "jsonb"),
                        tuple("n", Kind.TIMESTAMP, "timestamp with time zone"),
                        tuple("o", Kind.DATETIME, "timestamp(3) without time zone"),
                        tuple("p", Kind.OTHER, "time with time zone"),
                        tuple("q", Kind.TIME, "time without time zone"),
                        tuple("r", Kind.DATE, "date"),
                        tuple("s", Kind.OTHER, "money"),
                        tuple("t", Kind.BINARY, "bytea"),
                        tuple("u", Kind.UUID, "uuid"),
                        tuple("v", Kind.OTHER, "text[]"),
                        tuple("w", Kind.OTHER, "mood"),
                        tuple("x", Kind.DECIMAL, "net_price"),
                        tuple("y", Kind.OTHER, "interval"),
                        tuple("z", Kind.OTHER, "inet"),
                        tuple("aa", Kind.OTHER, "moods"),
                        tuple("bb", Kind.DECIMAL, "numeric(3,-2)"),
                        tuple("cc", Kind.BOOLEAN, "boolean"),
                        tuple("dd", Kind.OTHER, "integer[]"),
                        tuple("ee", Kind.TEXT, "\"char\""),
                        tuple("ff", Kind.DECIMAL, "numeric(1000,1000)"),
                        tuple("gg", Kind.OTHER, "bit(3)"),
                        tuple("hh", Kind.OTHER, "xml"));
        assertThat(table("every").columns())
                .filteredOn(column -> List.of("x", "bb", "ff", "g").contains(column.name()))
                .extracting(
                        column -> column.type().precision(),
                        column -> column.type().scale(),
                        ColumnInfo::nullable)
                .containsExactly(tuple(0, 0, true), tuple(12, 3, false), tuple(3, -2, true), tuple(1000, 1000, true));
    }

    @Test
    void whenColumnsNumberOrComputeThemselvesThenThatIsKnown() throws SQLException {
        execute("""
                CREATE TABLE t (
                    a serial, b bigint GENERATED ALWAYS AS IDENTITY, c bigint GENERATED BY DEFAULT AS IDENTITY,
                    d integer DEFAULT 3, e integer GENERATED ALWAYS AS (d * 2) STORED, gone integer)
                """);
        execute("ALTER TABLE t DROP COLUMN gone");

        assertThat(table("t").columns())
                .extracting(ColumnInfo::name, ColumnInfo::identity, ColumnInfo::generated, ColumnInfo::defaultValue)
                .containsExactly(
                        tuple("a", true, false, "nextval('t_a_seq'::regclass)"),
                        tuple("b", true, false, null),
                        tuple("c", true, false, null),
                        tuple("d", false, false, "3"),
                        tuple("e", false, true, null));
    }

    @Test
    void whenThereAreSeveralSchemasThenThoseOnThePathAreReadInItsOrder() throws SQLException {
        execute("""
                CREATE SCHEMA "my app"; CREATE SCHEMA hidden;
                CREATE TABLE "my app".b (id bigint PRIMARY KEY); CREATE TABLE "my app".a (id bigint);
                CREATE TABLE public.b (id bigint PRIMARY KEY); CREATE TABLE hidden.c (id bigint PRIMARY KEY);
                CREATE TABLE "my app".d (x bigint REFERENCES "my app".b, y bigint REFERENCES public.b,
                    z bigint REFERENCES hidden.c);
                SET search_path = "my app", nowhere, public, pg_temp; CREATE TEMP TABLE b (t text)
                """);

        assertThat(PostgresqlTables.read(connection))
                .filteredOn(table -> !String.valueOf(table.schema()).startsWith("pg_"))
                .extracting(TableInfo::schema, TableInfo::name)
                .containsExactly(
                        tuple("my app", "a"), tuple("my app", "b"), tuple("my app", "d"), tuple("public", "b"));
        assertThat(table("d").foreignKeys())
                .extracting(ForeignKeyInfo::referencedTable)
                .containsExactly("b", "public.b", "hidden.c");
    }

    @Test
    void whenATableIsPartitionedThenItIsOneTable() throws SQLException {
        execute("""
                CREATE TABLE root (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
                CREATE TABLE root_2026 PARTITION OF root FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE TABLE root_2027 PARTITION OF root FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
                CREATE TABLE leaf (id bigint, at date, CONSTRAINT to_root FOREIGN KEY (id, at) REFERENCES root);
                CREATE MATERIALIZED VIEW seen AS SELECT id, at FROM root;
                CREATE UNIQUE INDEX seen_id ON seen (id) INCLUDE (at)
                """);

        assertThat(PostgresqlTables.read(connection))
                .extracting(TableInfo::name, TableInfo::view)
                .containsExactly(tuple("leaf", false), tuple("root", false), tuple("seen", true));
        assertThat(table("root").primaryKey()).containsExactly("id", "at");
        assertThat(table("leaf").foreignKeys())
                .containsExactly(
                        new ForeignKeyInfo("to_root", List.of("id", "at"), "root", List.of("id", "at"), "NO ACTION"));
        assertThat(table("seen").indexes()).containsExactly(new IndexInfo("seen_id", List.of("id"), true, null));
    }

    private List<Finds> finds(String index) throws SQLException {
        return parts(index).stream().map(IndexPart::finds).toList();
    }

    private List<IndexPart> parts(String index) throws SQLException {
        return table("word").indexes().stream()
                .filter(each -> each.name().equals(index))
                .map(IndexInfo::parts)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenAnIndexHasTheColumnsOwnOperatorsAndCollationThenItFindsAll() throws SQLException {
        execute("""
                CREATE TYPE mood AS ENUM ('good', 'bad');
                CREATE DOMAIN code AS varchar(9);
                CREATE TABLE word (id bigint PRIMARY KEY, a varchar(20), b text, c text COLLATE "C", d char(3), n numeric,
                    m mood, o code, t text[], u uuid, r int4range);
                CREATE INDEX plain ON word (a, b, c, d, n, m, o, t, u, r);
                CREATE INDEX named ON word (a varchar_ops, b text_ops DESC, c COLLATE "C", n NULLS LAST);
                CREATE INDEX computed ON word (lower(b), (n + 1), b)
                """);

        assertThat(finds("plain")).hasSize(10).containsOnly(Finds.ALL);
        assertThat(finds("word_pkey")).containsExactly(Finds.ALL);
        assertThat(finds("named")).hasSize(4).containsOnly(Finds.ALL);
        assertThat(parts("named")).extracting(IndexPart::descending).containsExactly(false, true, false, false);
        assertThat(finds("computed")).containsExactly(Finds.NONE, Finds.NONE, Finds.ALL);
    }

    @Test
    void whenAnIndexComparesOtherwiseThenItFindsWhatRefersOrNothing() throws SQLException {
        execute("""
                CREATE TABLE word (a varchar(20), b text, c text COLLATE "C", d char(3), n integer, t text[], r int4range,
                    j jsonb);
                CREATE INDEX patterns ON word (a varchar_pattern_ops, b text_pattern_ops, d bpchar_pattern_ops);
                CREATE INDEX nulls ON word (n NULLS FIRST, b DESC NULLS LAST);
                CREATE INDEX hashed ON word USING hash (b);
                CREATE INDEX members ON word USING gin (t);
                CREATE INDEX ranges ON word USING gist (r);
                CREATE INDEX collations ON word (b COLLATE "C", c COLLATE "default", a COLLATE "C");
                CREATE INDEX roughly ON word USING brin (n, b);
                CREATE INDEX documents ON word USING gin (j)
                """);

        assertThat(finds("patterns")).hasSize(3).containsOnly(Finds.REFERRING);
        assertThat(parts("nulls"))
                .containsExactly(new IndexPart(Finds.REFERRING, false), new IndexPart(Finds.REFERRING, true));
        assertThat(finds("hashed")).containsExactly(Finds.REFERRING);
        assertThat(finds("members")).containsExactly(Finds.REFERRING);
        assertThat(finds("ranges")).containsExactly(Finds.REFERRING);
        assertThat(finds("collations")).hasSize(3).containsOnly(Finds.NONE);
        assertThat(finds("roughly")).hasSize(2).containsOnly(Finds.NONE);
        assertThat(finds("documents")).containsExactly(Finds.NONE);
    }

    @Test
    void whenAnIndexIsInvalidThenItIsNoIndex() throws SQLException {
        execute("CREATE TABLE t (a integer)");
        execute("INSERT INTO t VALUES (1), (1)");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)");
        } catch (SQLException expected) {
            assertThat(expected.getSQLState()).isEqualTo("23505");
        }

        assertThat(table("t").indexes()).isEmpty();
    }
}
