package dev.dovetail.migration.scripts.sqlite;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

public class V3__Mine extends BaseJavaMigration {

    @Override
    public void migrate(Context context) {
        throw new UnsupportedOperationException("never run");
    }
}
