package dev.dovetail.migration;

/** A migration failed, and there is a backup of what was there before. Repeats nothing of what the database said. */
public class MigrationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String backup;

    /** @param backup name of the one that was made before */
    public MigrationFailedException(String backup, Exception cause) {
        super("The migration failed. " + advice(backup), cause);
        this.backup = backup;
    }

    /** How to go back to what was there before. */
    public String advice() {
        return advice(backup);
    }

    private static String advice(String backup) {
        return """
                Backup %1$s holds the database as it was before the migration. To go back to it, end every instance \
                and run the application, with its configuration, as

                    java -jar app.jar --dovetail.command=restore %1$s""".formatted(backup);
    }
}
