package dev.dovetail.contract;

import dev.dovetail.engine.ErrorCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;

/** Statements that fail, and what everybody is to see of it on every engine. All values are the caller's secrets. */
// The map and the list are made by Map.of and List.of.
@SuppressWarnings("ImmutableEnumChecker")
enum Failure {
    UNIQUE(
            "INSERT INTO item (id, code) VALUES (:id, :code)",
            Map.of("id", 77001, "code", "SECRET-1"),
            ErrorCode.UNIQUE_VIOLATION,
            DuplicateKeyException.class,
            "23505",
            "item",
            List.of("code"),
            null),
    COMPOSITE_UNIQUE(
            "INSERT INTO item (id, code, a, b) VALUES (:id, :code, 77002, 77003)",
            Map.of("id", 77001, "code", "SECRET-2"),
            ErrorCode.UNIQUE_VIOLATION,
            DuplicateKeyException.class,
            "23505",
            "item",
            List.of("a", "b"),
            null),
    PRIMARY_KEY(
            "INSERT INTO item (id, code) VALUES (:id, :code)",
            Map.of("id", 1, "code", "SECRET-2"),
            ErrorCode.UNIQUE_VIOLATION,
            DuplicateKeyException.class,
            "23505",
            "item",
            List.of("id"),
            null),
    NOT_NULL(
            "INSERT INTO item (id, a) VALUES (:id, :a)",
            Map.of("id", 77001, "a", 77004),
            ErrorCode.NOT_NULL_VIOLATION,
            DataIntegrityViolationException.class,
            "23502",
            "item",
            List.of("code"),
            null),
    CHECK(
            "UPDATE item SET quantity = :quantity WHERE id = 1",
            Map.of("quantity", -77001),
            ErrorCode.CHECK_VIOLATION,
            DataIntegrityViolationException.class,
            "23514",
            null,
            List.of(),
            "item_quantity_positive"),
    UNNAMED_CHECK(
            "UPDATE item SET code = :code WHERE id = 1",
            Map.of("code", "SECRET-" + "9".repeat(40)),
            ErrorCode.CHECK_VIOLATION,
            DataIntegrityViolationException.class,
            "23514",
            null,
            List.of(),
            null),
    ORPHAN(
            "INSERT INTO item (id, code, parent_id) VALUES (:id, :code, :parent)",
            Map.of("id", 77001, "code", "SECRET-2", "parent", 77005),
            ErrorCode.FOREIGN_KEY_VIOLATION,
            DataIntegrityViolationException.class,
            "23503",
            null,
            List.of(),
            null),
    PARENT_IN_USE(
            "DELETE FROM parent WHERE id = :id",
            Map.of("id", 1),
            ErrorCode.FOREIGN_KEY_VIOLATION,
            DataIntegrityViolationException.class,
            "23503",
            null,
            List.of(),
            null),
    WRONG_TYPE(
            "UPDATE item SET quantity = :quantity WHERE id = 1",
            Map.of("quantity", "SECRET"),
            ErrorCode.INVALID_VALUE,
            DataIntegrityViolationException.class,
            null,
            null,
            List.of(),
            null),
    WRONG_LITERAL(
            "UPDATE item SET quantity = 'many' WHERE id = :id",
            Map.of("id", 1),
            ErrorCode.INVALID_VALUE,
            DataIntegrityViolationException.class,
            "22",
            null,
            List.of(),
            null),
    OVERFLOW(
            "UPDATE item SET a = abs(-9223372036854775807 - :one) WHERE id = 1",
            Map.of("one", 1L),
            ErrorCode.INVALID_VALUE,
            DataIntegrityViolationException.class,
            "22",
            null,
            List.of(),
            null),
    RAISED_BY_TRIGGER(
            "DELETE FROM kept WHERE id = :id",
            Map.of("id", 1),
            ErrorCode.CONSTRAINT_VIOLATION,
            DataIntegrityViolationException.class,
            null,
            null,
            List.of(),
            null),
    UNKNOWN_TABLE(
            "INSERT INTO nowhere VALUES (:id)",
            Map.of("id", 77001),
            ErrorCode.UNKNOWN_TABLE,
            BadSqlGrammarException.class,
            "42P01",
            null,
            List.of(),
            null),
    UNKNOWN_COLUMN(
            "UPDATE item SET missing = :id",
            Map.of("id", 77001),
            ErrorCode.UNKNOWN_COLUMN,
            BadSqlGrammarException.class,
            "42703",
            null,
            List.of(),
            null),
    SYNTAX(
            "UPDATE item SIT code = :code",
            Map.of("code", "SECRET"),
            ErrorCode.SYNTAX_ERROR,
            BadSqlGrammarException.class,
            "42601",
            null,
            List.of(),
            null);

    final String sql;
    final Map<String, Object> parameters;
    final ErrorCode code;
    final Class<? extends DataAccessException> exception;
    /** Its beginning is the same on every engine; {@code null} where each has its own. */
    final @Nullable String sqlState;

    final @Nullable String table;
    final List<String> columns;
    final @Nullable String constraint;

    Failure(
            String sql,
            Map<String, Object> parameters,
            ErrorCode code,
            Class<? extends DataAccessException> exception,
            @Nullable String sqlState,
            @Nullable String table,
            List<String> columns,
            @Nullable String constraint) {
        this.sql = sql;
        this.parameters = parameters;
        this.code = code;
        this.exception = exception;
        this.sqlState = sqlState;
        this.table = table;
        this.columns = columns;
        this.constraint = constraint;
    }
}
