package dev.dovetail.command;

import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Command {@code verify}: reads a backup as a whole and compares it with what it was when it was made. */
public final class VerifyCommand implements Command {

    private static final String ALL = "all";

    private final Supplier<Backups> backups;

    /** @param backups opened when the command is run */
    public VerifyCommand(Supplier<Backups> backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String synopsis() {
        return "[NAME | --all]";
    }

    @Override
    public String summary() {
        return "Verifies a backup, by default the newest";
    }

    @Override
    public Set<String> options() {
        return Set.of(ALL);
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public void run(CommandCall call) {
        if (call.has(ALL) && call.word().isPresent()) {
            throw new CommandUsageException("Command verify takes a name or --all, not both");
        }
        Backups own = backups.get();
        long damaged = names(own, call).stream()
                .filter(name -> !verify(own, name, call.output()))
                .count();
        if (damaged > 0) {
            throw new CommandFailedException(damaged + " cannot be restored; see above");
        }
    }

    private static List<String> names(Backups backups, CommandCall call) {
        List<BackupReport> known = call.word().isPresent() ? List.of() : backups.own();
        if (call.word().isEmpty() && known.isEmpty()) {
            throw new CommandFailedException(
                    "There is no backup in " + backups.settings().directory() + ". Make one with the command backup.");
        }
        return call.word()
                .map(List::of)
                .orElseGet(() -> known.stream()
                        .limit(call.has(ALL) ? known.size() : 1)
                        .map(BackupReport::name)
                        .toList());
    }

    private static boolean verify(Backups backups, String name, CommandOutput output) {
        BackupReport report;
        try (BackupProgressDisplay progress = new BackupProgressDisplay(output)) {
            report = backups.verify(name, progress);
        }
        output.line("%s: %s", name, report.verified() ? "good" : "DAMAGED, " + report.problem());
        return report.verified();
    }
}
