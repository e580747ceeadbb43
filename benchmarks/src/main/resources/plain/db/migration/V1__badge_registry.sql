CREATE TABLE issuers (
    id         uuid NOT NULL,
    name       text NOT NULL,
    url        text NOT NULL,
    email      text,
    created_at timestamptz NOT NULL,
    version    bigint NOT NULL,
    CONSTRAINT pk_issuers PRIMARY KEY (id),
    CONSTRAINT uq_issuers_url UNIQUE (url)
);

-- The orders in which lists are read; the id makes each of them unambiguous.
CREATE INDEX ix_issuers_name ON issuers (name, id);
CREATE INDEX ix_issuers_created ON issuers (created_at, id);

CREATE TABLE badges (
    id          uuid NOT NULL,
    issuer_id   uuid NOT NULL,
    name        text NOT NULL,
    description text NOT NULL,
    criteria    text NOT NULL,
    created_at  timestamptz NOT NULL,
    version     bigint NOT NULL,
    CONSTRAINT pk_badges PRIMARY KEY (id),
    CONSTRAINT fk_badges_issuer FOREIGN KEY (issuer_id) REFERENCES issuers (id),
    CONSTRAINT uq_badges_name UNIQUE (issuer_id, name)
);

CREATE INDEX ix_badges_name ON badges (name, id);
CREATE INDEX ix_badges_created ON badges (created_at, id);

CREATE TABLE assertions (
    id                uuid NOT NULL,
    badge_id          uuid NOT NULL,
    recipient         text NOT NULL,
    evidence          text,
    issued_at         timestamptz NOT NULL,
    expires_at        timestamptz,
    revoked_at        timestamptz,
    revocation_reason text,
    version           bigint NOT NULL,
    CONSTRAINT pk_assertions PRIMARY KEY (id),
    CONSTRAINT fk_assertions_badge FOREIGN KEY (badge_id) REFERENCES badges (id),
    CONSTRAINT ck_assertions_expiry CHECK (expires_at > issued_at),
    CONSTRAINT ck_assertions_revocation CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
);

-- One holds a badge once. After a revocation it may be awarded again, hence no plain UNIQUE.
CREATE UNIQUE INDEX uq_assertions_held ON assertions (badge_id, recipient) WHERE revoked_at IS NULL;
CREATE INDEX ix_assertions_recipient ON assertions (recipient, issued_at, id);
CREATE INDEX ix_assertions_issued ON assertions (issued_at, id);
