package dev.dovetail.command;

import dev.dovetail.backup.Backups;
import dev.dovetail.backup.RestoreReport;
import java.util.function.Supplier;

/** Command {@code restore}: puts a backup in the place of the database, which may be damaged and must not be in use. */
public final class RestoreCommand implements Command {

    private final Supplier<Backups> backups;

    /** @param backups opened when the command is run */
    public RestoreCommand(Supplier<Backups> backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String synopsis() {
        return "NAME";
    }

    @Override
    public String summary() {
        return "Restores a backup; what was there before is kept";
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public void run(CommandCall call) {
        String name = call.word().orElseThrow(() -> new CommandUsageException("Say which backup is to be restored"));
        Backups own = backups.get();
        RestoreReport report;
        try (BackupProgressDisplay progress = new BackupProgressDisplay(call.output())) {
            report = own.restore(name, progress);
        }
        show(report, call.output());
    }

    private static void show(RestoreReport report, CommandOutput output) {
        output.line("%s is restored", report.name());
        if (report.safetyBackup() != null) {
            output.line("What was there before is backup %s", report.safetyBackup());
        }
        if (report.replaced() != null) {
            output.line("The files that were there before are in %s", report.replaced());
        }
    }
}
