package dev.dovetail.repository.table;

/** How a value is compared. */
enum Operator {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    BETWEEN("BETWEEN"),
    IN("IN"),
    NOT_IN("NOT IN"),
    LIKE("LIKE"),
    IS_NULL("IS NULL"),
    IS_NOT_NULL("IS NOT NULL");

    private final String sql;

    Operator(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** Whether it asks which of two values comes first. */
    boolean needsOrder() {
        return switch (this) {
            case LT, LE, GT, GE, BETWEEN -> true;
            case EQ, NE, IN, NOT_IN, LIKE, IS_NULL, IS_NOT_NULL -> false;
        };
    }

    /** Whether it asks for the value itself. */
    boolean needsValue() {
        return this != IS_NULL && this != IS_NOT_NULL;
    }
}
