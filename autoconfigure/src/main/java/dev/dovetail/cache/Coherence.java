package dev.dovetail.cache;

/** How other instances on the same database hear of changes. */
public enum Coherence {
    /** In the transaction that makes them, so that they hear of all that is committed, and of nothing else. */
    TRANSACTIONAL,
    /** Soon after it, of several at once. */
    COALESCED,
    /** Not at all: there is no other instance, or results may be as old as they are kept. */
    NONE
}
