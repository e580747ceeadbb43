package dev.dovetail.engine.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Names that survive a power cut. */
final class Durable {

    private Durable() {}

    /** Waits until the directory that this file is in has kept which names it holds, where the system can wait for it. */
    static void directory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null
                || !directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
