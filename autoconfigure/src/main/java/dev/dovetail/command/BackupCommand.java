package dev.dovetail.command;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import java.util.function.Supplier;

/** Command {@code backup}: makes a verified backup, also while the application runs. */
public final class BackupCommand implements Command {

    private final Supplier<Backups> backups;

    /** @param backups opened when the command is run */
    public BackupCommand(Supplier<Backups> backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String synopsis() {
        return "";
    }

    @Override
    public String summary() {
        return "Makes a backup, verifies it, and removes those that are not kept any longer";
    }

    @Override
    public void run(CommandCall call) {
        Backups own = backups.get();
        BackupReport made;
        try (BackupProgressDisplay progress = new BackupProgressDisplay(call.output())) {
            made = own.backup(progress);
        }
        call.output()
                .line(
                        "%s: %s, %d rows in %d tables, %d ms",
                        made.path(),
                        StatusCommand.size(made.size()),
                        made.rows().values().stream().mapToLong(rows -> rows).sum(),
                        made.rows().size(),
                        made.duration().toMillis());
    }
}
