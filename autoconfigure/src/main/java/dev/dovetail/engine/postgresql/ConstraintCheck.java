package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.Finding;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.engine.Finding.Severity;
import dev.dovetail.engine.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Constraints that hold for new rows only. */
record ConstraintCheck() implements DatabaseCheck {

    @Override
    public String name() {
        return "constraints";
    }

    @Override
    public List<Finding> run(Connection connection) throws SQLException {
        return UnvalidatedConstraint.find(TableUpkeep.physical(connection)).stream()
                .map(ConstraintCheck::finding)
                .toList();
    }

    private static Finding finding(UnvalidatedConstraint found) {
        String constraint = String.valueOf(found.issue().constraint());
        return new Finding(
                Kind.UNVALIDATED_CONSTRAINT,
                Severity.MEDIUM,
                found.shownTable() + "." + constraint,
                ("Constraint %s of table %s was added as NOT VALID and never validated: older rows may violate it, and the"
                                + " planner does not rely on it. Validating reads the table and holds up no reader or writer.")
                        .formatted(constraint, found.shownTable()),
                "ALTER TABLE " + found.qualifiedTable() + " VALIDATE CONSTRAINT " + SqlDialect.quoted(constraint));
    }
}
