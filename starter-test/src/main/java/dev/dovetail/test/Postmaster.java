package dev.dovetail.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.SystemUtils;

/** The main process of a running server, which was started by a tool and so is not a child of this JVM. */
final class Postmaster {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private final ProcessHandle process;
    private final Path pidFile;

    private Postmaster(ProcessHandle process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
    }

    /** The one that runs on a data directory, known by its pid file; empty if none does. */
    static Optional<Postmaster> of(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            String pid = Files.readAllLines(pidFile).get(0).trim();
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(process -> worksOn(data, process))
                    .map(process -> new Postmaster(process, pidFile));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException ex) {
            return Optional.empty();
        }
    }

    /**
     * Kills it, first itself so that it starts no new children, then these; returns when all are gone.
     *
     * <p>A next server would refuse to start as long as the process table still has the number in the pid file, so the
     * file goes too, once nothing is left that the refusal could protect.
     */
    void kill() throws IOException {
        List<ProcessHandle> family = new ArrayList<>(List.of(process));
        family.addAll(process.descendants().toList());
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(Postmaster::awaitEnd);
        Files.deleteIfExists(pidFile);
    }

    /** Returns when it has ended by itself. */
    void awaitEnd() {
        awaitEnd(process);
    }

    /** {@link ProcessHandle#onExit()} looks only every few seconds at a process that is not a child. */
    private static void awaitEnd(ProcessHandle process) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (isAlive(process)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Process " + process.pid() + " does not end");
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while process " + process.pid() + " ends", ex);
            }
        }
    }

    /**
     * A process that has ended stays in the process table until somebody asks how: for ever in a container without an
     * init. It has given up its memory, and with that its command line.
     */
    private static boolean isAlive(ProcessHandle process) {
        return process.isAlive()
                && (SystemUtils.IS_OS_WINDOWS || process.info().commandLine().isPresent());
    }

    /** The number in a stale pid file may meanwhile belong to a stranger. Windows does not tell command lines. */
    private static boolean worksOn(Path data, ProcessHandle process) {
        return SystemUtils.IS_OS_WINDOWS
                || process.info()
                        .commandLine()
                        .filter(command -> command.contains(data.toString()))
                        .isPresent();
    }
}
