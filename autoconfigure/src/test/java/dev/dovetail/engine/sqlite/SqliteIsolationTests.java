package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever asks for less than SQLite does is told so, once (F89). */
@ExtendWith(OutputCaptureExtension.class)
class SqliteIsolationTests {

    private final SqliteIsolation isolation = new SqliteIsolation();

    // Applications of tests before this one may have been told to log less.
    @BeforeEach
    void log() {
        LoggingSystem.get(SqliteIsolation.class.getClassLoader())
                .setLogLevel(SqliteIsolation.class.getName(), LogLevel.INFO);
    }

    @Test
    void aLowerLevelIsToldOnce(CapturedOutput output) {
        isolation.asked(Connection.TRANSACTION_READ_COMMITTED);
        isolation.asked(Connection.TRANSACTION_READ_COMMITTED);
        isolation.asked(Connection.TRANSACTION_REPEATABLE_READ);

        assertThat(output).containsOnlyOnce("Isolation READ_COMMITTED was asked for");
        assertThat(output).containsOnlyOnce("Isolation REPEATABLE_READ was asked for");
    }

    @Test
    void theLevelThereIsNeedsNoWord(CapturedOutput output) {
        isolation.asked(Connection.TRANSACTION_SERIALIZABLE);

        assertThat(output).doesNotContain("Isolation");
    }
}
