package dev.dovetail.command;

import dev.dovetail.backup.BackupProgress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows how far a backup or a restore is, each of its steps with a progress of its own. */
final class BackupProgressDisplay implements Consumer<BackupProgress>, AutoCloseable {

    private final CommandOutput output;
    private @Nullable Progress shown;
    private String step = "";

    BackupProgressDisplay(CommandOutput output) {
        this.output = output;
    }

    @Override
    public void accept(BackupProgress progress) {
        Progress current = shown;
        if (current == null || !step.equals(progress.step())) {
            close();
            step = progress.step();
            current = output.progress(progress.work() + ", " + step);
            shown = current;
        }
        current.at(progress.done(), progress.total());
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }
}
