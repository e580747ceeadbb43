package dev.dovetail.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What is on the disk, and not only on its way there, when a call returns. */
final class WrittenThrough {

    private WrittenThrough() {}

    /** The content of a file. */
    static void file(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** The names in a directory. */
    static void directory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            force(directory, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, OpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** A directory, with those above it that were not there either; each is a name in the one above. */
    static void directories(Path directory) throws IOException {
        List<Path> above = new ArrayList<>();
        for (Path each = directory; each != null && Files.notExists(each); each = each.getParent()) {
            Path parent = each.getParent();
            if (parent != null) {
                above.add(parent);
            }
        }
        Files.createDirectories(directory);
        for (Path each : above) {
            directory(each);
        }
    }
}
