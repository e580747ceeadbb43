package dev.dovetail.migration.scripts.postgresql;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

public class V3__Theirs extends BaseJavaMigration {

    @Override
    public void migrate(Context context) {
        throw new UnsupportedOperationException("never run");
    }
}
