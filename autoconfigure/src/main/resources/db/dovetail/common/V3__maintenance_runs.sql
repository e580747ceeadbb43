-- When the optimizer ran, and what came of it. Times are milliseconds of the clock of the instance that ran it.
CREATE TABLE dovetail_maintenance_run (
    id ${identity},
    instance ${text} NOT NULL,
    cause ${text} NOT NULL,
    state ${text} NOT NULL,
    started_at ${bigint} NOT NULL,
    duration ${bigint},
    bytes_before ${bigint},
    bytes_after ${bigint}
) ${strict};

CREATE TABLE dovetail_maintenance_step (
    run_id ${bigint} NOT NULL REFERENCES dovetail_maintenance_run (id) ON DELETE CASCADE,
    position ${integer} NOT NULL,
    step ${text} NOT NULL,
    outcome ${text} NOT NULL,
    message ${text} NOT NULL,
    duration ${bigint} NOT NULL,
    bytes_before ${bigint},
    bytes_after ${bigint},
    details ${text} NOT NULL,
    PRIMARY KEY (run_id, position)
) ${strict};
