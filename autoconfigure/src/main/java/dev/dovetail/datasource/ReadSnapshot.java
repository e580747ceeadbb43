package dev.dovetail.datasource;

/** As of when a physical connection reads: the beginning of its transaction, or of the oldest result that is still open. */
final class ReadSnapshot {

    private final TableVersions versions;
    private final OpenDescriptions descriptions = new OpenDescriptions();
    private long beginning;
    private int schema;
    private int openResults;

    ReadSnapshot(TableVersions versions) {
        this.versions = versions;
    }

    /** Before a transaction can begin: on SQLite it reads what a result does that is open, be it from the time before. */
    void beginUnlessReading() {
        if (openResults == 0 && !descriptions.areOpen()) {
            schema = versions.schemaVersion();
            beginning = versions.now();
        }
    }

    /** No later than it has begun. */
    long beginning() {
        return beginning;
    }

    /** Of which version the schema was then. */
    int schema() {
        return schema;
    }

    /** Whether the schema is what it was then. */
    boolean isOfThisSchema() {
        return schema == versions.schemaVersion();
    }

    void resultOpened() {
        openResults++;
    }

    void resultEnded() {
        openResults--;
    }

    OpenDescriptions descriptions() {
        return descriptions;
    }
}
