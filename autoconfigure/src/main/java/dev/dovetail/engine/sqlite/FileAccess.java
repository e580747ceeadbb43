package dev.dovetail.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may read and write a file, for one that takes its place: also if somebody else puts it there, as from the command line. */
final class FileAccess {

    private static final Logger log = LoggerFactory.getLogger(FileAccess.class);

    private FileAccess() {}

    /** Gives the other file the owner, group and permissions of the first one, as far as this process may. */
    static void copy(Path from, Path to) throws IOException {
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (target == null || Files.notExists(from)) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes given = Files.readAttributes(to, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        try {
            if (!wanted.group().equals(given.group())) {
                target.setGroup(wanted.group());
            }
            if (!wanted.owner().equals(given.owner())) {
                target.setOwner(wanted.owner());
            }
            target.setPermissions(wanted.permissions());
        } catch (IOException e) {
            log.warn("{} does not get the owner {} of the file it replaces: {}", to, wanted.owner(), e.getMessage());
        }
    }
}
