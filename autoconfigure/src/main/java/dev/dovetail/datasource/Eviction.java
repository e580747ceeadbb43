package dev.dovetail.datasource;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;

/** Which errors mean that a connection must not be used again: the engine's word, not a list of SQLStates. */
final class Eviction implements SQLExceptionOverride {

    private final DatabaseEngine engine;

    Eviction(DatabaseEngine engine) {
        this.engine = engine;
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        ErrorCode code = engine.classify(error).code();
        if (code.breaksConnection()) {
            return SQLExceptionOverride.Override.MUST_EVICT;
        }
        return code == ErrorCode.DATABASE_ERROR
                ? SQLExceptionOverride.Override.CONTINUE_EVICT
                : SQLExceptionOverride.Override.DO_NOT_EVICT;
    }
}
