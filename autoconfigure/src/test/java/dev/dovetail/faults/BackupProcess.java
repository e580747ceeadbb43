package dev.dovetail.faults;

import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import java.util.LinkedHashMap;
import java.util.Map;

/** A process that backs up or restores again and again, and waits to be killed in the midst of it. */
final class BackupProcess {

    static final String READY = "ready";
    static final String WROTE = "wrote ";
    static final String BACKUP = "backup";

    private BackupProcess() {}

    /** Arguments: the directory, what to do ({@value #BACKUP} or two names of backups), and the database. */
    public static void main(String[] arguments) {
        Map<String, String> database = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i += 2) {
            database.put(arguments[i], arguments[i + 1]);
        }
        try (TestApplication application = TestApplication.with(
                database,
                "logging.level.root=off",
                "dovetail.backup.directory=" + arguments[0],
                "dovetail.backup.compress=true",
                "dovetail.backup.keep-last=4")) {
            System.out.println(READY);
            if (arguments[1].equals(BACKUP)) {
                backUp(application);
            } else {
                restore(application.bean(Backups.class), arguments[1].split(" "));
            }
        }
    }

    private static void backUp(TestApplication application) {
        Thread writer = new Thread(() -> write(application), "writer");
        writer.setDaemon(true);
        writer.start();
        Backups backups = application.bean(Backups.class);
        while (true) {
            System.out.println(BACKUP + " " + backups.backup().name());
        }
    }

    private static void write(TestApplication application) {
        Integer last = application.template().queryForObject("SELECT max(id) FROM item", Integer.class);
        for (int id = last == null ? 1 : last + 1; true; id++) {
            application.template().update("INSERT INTO item VALUES (?, 'new')", id);
            System.out.println(WROTE + id);
        }
    }

    private static void restore(Backups backups, String... names) {
        for (int round = 0; true; round++) {
            backups.restore(names[round % names.length]);
        }
    }
}
