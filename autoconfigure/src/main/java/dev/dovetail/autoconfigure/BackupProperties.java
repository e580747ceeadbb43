package dev.dovetail.autoconfigure;

import dev.dovetail.backup.BackupSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Copies of the database.
 *
 * @param enabled Whether they are made regularly. On demand they always can be.
 * @param directory Where they are kept.
 * @param interval How often they are made, from 1s to 365d.
 * @param keepLast How many are kept, from 1 on.
 * @param keepDays How many days each is kept. The newest always is. Zero for no limit.
 * @param compress Whether they are compressed. Those of PostgreSQL are in any case.
 * @param encrypt Whether they are encrypted, with 'dovetail.encryption.active-key'. Needs Tink on the class path.
 * @param pgDump Path of PostgreSQL's 'pg_dump', with 'pg_restore' beside it. Without it they are looked for.
 */
record BackupProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("./data/backups") String directory,
        @DefaultValue("24h") Duration interval,
        @DefaultValue("7") int keepLast,
        @DefaultValue("30") int keepDays,
        @DefaultValue("false") boolean compress,
        @DefaultValue("false") boolean encrypt,
        @Nullable String pgDump) {

    BackupSettings settings(String application) {
        return new BackupSettings(
                application,
                Path.of(directory),
                keepLast,
                keepDays,
                compress,
                encrypt,
                pgDump,
                BackupSettings.DEFAULT_GRACE);
    }
}
