package dev.dovetail.migration.scripts;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

public class V2__Replaced extends BaseJavaMigration {

    @Override
    public void migrate(Context context) {
        throw new UnsupportedOperationException("never run");
    }
}
