-- What each instance changed last in which table, where the database passes no messages on. Milliseconds of its own clock.
CREATE TABLE dovetail_table_version (
    name ${text} NOT NULL,
    instance ${text} NOT NULL,
    version ${bigint} NOT NULL,
    changed_at ${bigint} NOT NULL,
    PRIMARY KEY (name, instance)
) ${strict};
