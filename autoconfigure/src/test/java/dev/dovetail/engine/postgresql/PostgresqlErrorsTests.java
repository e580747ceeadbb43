package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PostgresqlErrorsTests {

    private final PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());

    @ParameterizedTest
    @CsvSource({
        "23505,UNIQUE_VIOLATION",
        "23503,FOREIGN_KEY_VIOLATION",
        "23001,FOREIGN_KEY_VIOLATION",
        "23502,NOT_NULL_VIOLATION",
        "23514,CHECK_VIOLATION",
        "23P01,CONSTRAINT_VIOLATION",
        "P0001,CONSTRAINT_VIOLATION",
        "44000,CONSTRAINT_VIOLATION",
        "23000,CONSTRAINT_VIOLATION",
        "27000,CONSTRAINT_VIOLATION",
        "40002,CONSTRAINT_VIOLATION",
        "22001,INVALID_VALUE",
        "22003,INVALID_VALUE",
        "22007,INVALID_VALUE",
        "22012,INVALID_VALUE",
        "22P02,INVALID_VALUE",
        "22023,INVALID_VALUE",
        "42601,SYNTAX_ERROR",
        "42883,SYNTAX_ERROR",
        "42804,INVALID_VALUE",
        "42702,SYNTAX_ERROR",
        "42P18,SYNTAX_ERROR",
        "42P01,UNKNOWN_TABLE",
        "3F000,UNKNOWN_TABLE",
        "42703,UNKNOWN_COLUMN",
        "42501,PERMISSION_DENIED",
        "28000,AUTHENTICATION_FAILED",
        "28P01,AUTHENTICATION_FAILED",
        "40001,SERIALIZATION_FAILURE",
        "40P01,DEADLOCK",
        "55P03,LOCK_TIMEOUT",
        "57014,QUERY_TIMEOUT",
        "25006,READ_ONLY_DATABASE",
        "25P02,TRANSACTION_ABORTED",
        "25001,INVALID_USAGE",
        "25P01,INVALID_USAGE",
        "2D000,INVALID_USAGE",
        "3B001,INVALID_USAGE",
        "24000,INVALID_USAGE",
        "34000,INVALID_USAGE",
        "26000,INVALID_USAGE",
        "55000,INVALID_USAGE",
        "02000,INVALID_USAGE",
        "0100E,INVALID_USAGE",
        "07006,INVALID_USAGE",
        "0A000,INVALID_USAGE",
        "53100,STORAGE_FULL",
        "53200,OUT_OF_MEMORY",
        "53300,UNREACHABLE",
        "53400,LIMIT_EXCEEDED",
        "08000,UNREACHABLE",
        "08001,UNREACHABLE",
        "08003,UNREACHABLE",
        "08004,UNREACHABLE",
        "08006,UNREACHABLE",
        "08007,OUTCOME_UNKNOWN",
        "08P01,UNREACHABLE",
        "08S01,UNREACHABLE",
        "57P01,UNREACHABLE",
        "57P02,UNREACHABLE",
        "57P03,UNREACHABLE",
        "57P04,UNREACHABLE",
        "57P05,UNREACHABLE",
        "25P03,UNREACHABLE",
        "25P04,UNREACHABLE",
        "3D000,UNREACHABLE",
        "54000,LIMIT_EXCEEDED",
        "54001,LIMIT_EXCEEDED",
        "54023,LIMIT_EXCEEDED",
        "58030,STORAGE_FAILURE",
        "XX001,CORRUPT",
        "XX002,CORRUPT",
        "XX000,DATABASE_ERROR",
        "40003,DATABASE_ERROR",
        "99999,DATABASE_ERROR",
        "BADGE,DATABASE_ERROR",
        "X,DATABASE_ERROR"
    })
    void everyStateHasItsMeaning(String state, ErrorCode code) {
        DatabaseError error = engine.classify(new SQLException("boom", state));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.sqlState()).isEqualTo(state);
    }

    @Test
    void anErrorWithoutStateIsAGeneralOne() {
        assertThat(engine.classify(new SQLException("boom")))
                .isEqualTo(DatabaseError.of(ErrorCode.DATABASE_ERROR, "HY000"));
    }

    @Test
    void whatAPoolOrABatchWrapsAroundIsSeenThrough() {
        PSQLException violation = violation();
        BatchUpdateException batch = new BatchUpdateException("Batch entry 0", null, 0, new int[0], null);
        batch.setNextException(violation);
        SQLException pooled = new SQLTransientConnectionException("no connection", null, 0, violation);

        assertThat(engine.classify(batch)).isEqualTo(engine.classify(violation));
        assertThat(engine.classify(pooled)).isEqualTo(engine.classify(violation));
    }

    @Test
    void aCircleOfCausesEnds() {
        SQLException first = new SQLException("a", "40001");
        SQLException second = new SQLException("b", "40001", first);
        first.initCause(second);

        assertThat(engine.classify(first).code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
    }

    @Test
    void namesComeFromTheFieldsAndNoValueIsKept() {
        DatabaseError error = engine.classify(violation());

        assertThat(error.constraint()).isEqualTo("users_email_key");
        assertThat(error.table()).isEqualTo("users");
        assertThat(error.columns()).containsExactly("email", "tenant");
        assertThat(error.toString() + error.summary()).doesNotContain("s3cr3t");
    }

    @Test
    void aDeclaredReadOnlyConnectionIsToldFromAReadOnlyServer() {
        PSQLException refused = server("C25006\0Mcannot execute INSERT in a read-only transaction\0");

        SQLException refined = engine.refine(refused, true);

        assertThat(engine.classify(engine.refine(refused, false)).code()).isEqualTo(ErrorCode.READ_ONLY_DATABASE);
        assertThatObject(engine.refine(refused, false)).isSameAs(refused);
        assertThat(engine.classify(refined).code()).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
        assertThat(refined.getSQLState()).isEqualTo("25006");
        assertThatObject(refined.getCause()).isSameAs(refused);
        assertThat(refined.getMessage()).isEqualTo(refused.getMessage());
        assertThatObject(engine.refine(refined, true)).isSameAs(refined);
    }

    @Test
    void aBatchRefusedAsReadOnlyKeepsItsUpdateCounts() {
        PSQLException refused = server("C25006\0Mcannot execute INSERT in a read-only transaction\0");
        BatchUpdateException batch = new BatchUpdateException("Batch entry 0", "25006", 0, new int[] {1, -3}, refused);
        batch.setNextException(refused);

        SQLException refined = engine.refine(batch, true);

        assertThatObject(refined)
                .isInstanceOfSatisfying(
                        BatchUpdateException.class,
                        kept -> assertThat(kept.getUpdateCounts()).containsExactly(1, -3));
        assertThat(engine.classify(refined).code()).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
        assertThat(engine.classify(refined).code().breaksConnection()).isFalse();
    }

    @Test
    void aPlanThatATableOutgrewIsToldFromAFeatureThatIsMissing() {
        PSQLException outgrown = server("C0A000\0Mcached plan must not change result type\0RRevalidateCachedQuery\0");

        assertThat(engine.classify(outgrown).suggestion()).contains("run the transaction again");
        assertThat(engine.classify(server("C0A000\0Mno\0Rother\0")).suggestion())
                .isNull();
    }

    @Test
    void otherErrorsAreNotRefined() {
        PSQLException violation = violation();

        assertThatObject(engine.refine(violation, true)).isSameAs(violation);
    }

    private static PSQLException violation() {
        return server("SERROR\0C23505\0Mduplicate key value violates unique constraint\0"
                + "DKey (email, tenant)=(s3cr3t, 1) already exists.\0tusers\0nusers_email_key\0");
    }

    private static PSQLException server(String fields) {
        return new PSQLException(new ServerErrorMessage(fields), false);
    }
}
