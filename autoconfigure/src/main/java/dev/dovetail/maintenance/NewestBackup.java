package dev.dovetail.maintenance;

import java.nio.file.Path;
import java.util.Optional;

/** Where the newest good backup lies. A bean of this type lets the optimizer examine it, so that the live file need not be. */
@FunctionalInterface
public interface NewestBackup {

    /** The newest one; empty if there is none. */
    Optional<Path> newest();
}
