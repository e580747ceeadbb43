package dev.dovetail.command;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.TableInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Command {@code status}: which database answers, where it lies, and whether it is as it was asked for. Changes nothing. */
public final class StatusCommand implements Command {

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final int STEP = 1024;

    /** What is asked. */
    public interface Subject {

        /** Which database it is, asked now. */
        DatabaseInfo info();

        /** Its files, where it has any. */
        Optional<DatabaseFiles> files();

        /** Its tables and views. */
        List<TableInfo> tables();
    }

    private final Supplier<Subject> subject;

    /** @param subject opened when the command is run */
    public StatusCommand(Supplier<Subject> subject) {
        this.subject = subject;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String synopsis() {
        return "";
    }

    @Override
    public String summary() {
        return "Shows which database answers and whether it is as it was asked for";
    }

    @Override
    public void run(CommandCall call) {
        Subject asked = subject.get();
        DatabaseInfo info = asked.info();
        CommandOutput output = call.output();
        output.line("%-10s %s %s", "Database", info.flavour(), info.version());
        asked.files().ifPresent(files -> {
            output.line("%-10s %s", "File", files.path());
            output.line("%-10s %s and %s of log", "Size", size(files.size()), size(files.writeAheadLogSize()));
        });
        output.line("%-10s %d", "Tables", asked.tables().size());
        List<AppliedSetting> drifted = info.settings().stream()
                .filter(setting -> !setting.asExpected())
                .toList();
        drifted.forEach(setting -> output.line(
                "%-10s %s is %s instead of %s", "Setting", setting.name(), setting.actual(), setting.expected()));
        if (drifted.stream().anyMatch(setting -> setting.importance() == AppliedSetting.Importance.CRITICAL)) {
            throw new CommandFailedException("A setting that matters is not in force; see above");
        }
        output.line("%-10s %s", "Status", "UP");
    }

    /** Bytes as people read them. */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
