package dev.dovetail.datasource;

import java.sql.SQLException;

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

    /** Before a transaction can begin. */
    void begin() {
        schema = versions.schemaVersion();
        beginning = versions.now();
    }

    /** Before a statement that is a transaction of its own, unless it reads what an open result does. */
    void beginUnlessReading() throws SQLException {
        if (openResults == 0 && !descriptions.areOpen()) {
            begin();
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
