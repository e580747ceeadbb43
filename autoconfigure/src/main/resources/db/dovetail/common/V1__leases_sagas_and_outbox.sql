-- Who may do alone what only one instance may do. Times are milliseconds of the database's own clock.
CREATE TABLE dovetail_lease (
    name ${text} NOT NULL PRIMARY KEY,
    owner ${text} NOT NULL,
    token ${bigint} NOT NULL,
    renewed_at ${bigint} NOT NULL,
    expires_at ${bigint} NOT NULL
) ${strict};

-- Work of several transactions that is finished or undone as a whole.
CREATE TABLE dovetail_saga (
    id ${text} NOT NULL PRIMARY KEY,
    name ${text} NOT NULL,
    state ${text} NOT NULL,
    payload ${text},
    notes ${text},
    completed ${text} NOT NULL,
    begun ${text},
    token ${bigint} NOT NULL,
    owned_until ${bigint} NOT NULL,
    attempts ${integer} NOT NULL,
    error ${text},
    created_at ${bigint} NOT NULL,
    updated_at ${bigint} NOT NULL
) ${strict};

CREATE INDEX dovetail_saga_unfinished ON dovetail_saga (owned_until) WHERE state IN ('RUNNING', 'COMPENSATING');
CREATE INDEX dovetail_saga_ended ON dovetail_saga (updated_at) WHERE state IN ('COMPLETED', 'COMPENSATED');

-- Messages that were stored with the data they tell of, until they are delivered.
CREATE TABLE dovetail_outbox (
    id ${identity},
    message_id ${text} NOT NULL UNIQUE,
    topic ${text} NOT NULL,
    payload ${text} NOT NULL,
    created_at ${bigint} NOT NULL,
    attempts ${integer} NOT NULL,
    next_attempt_at ${bigint} NOT NULL,
    error ${text}
) ${strict};

CREATE INDEX dovetail_outbox_due ON dovetail_outbox (next_attempt_at, id);
