package dev.dovetail.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Whose files are. What root makes from the command line must not keep the application from its own directory afterwards. */
final class FileOwner {

    private FileOwner() {}

    /** Gives a file to whom its directory belongs; nobody but root can do that, and nobody else needs it. */
    static void adopt(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || directory == null) {
            return;
        }
        PosixFileAttributes given = view.readAttributes();
        PosixFileAttributes wanted = Files.readAttributes(directory, PosixFileAttributes.class);
        if (given.owner().getName().equals("root") && !wanted.owner().equals(given.owner())) {
            view.setGroup(wanted.group());
            view.setOwner(wanted.owner());
        }
    }
}
