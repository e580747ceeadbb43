package dev.dovetail.datasource;

import java.util.List;
import java.util.Set;

/** Stamps for tests that read nothing. */
public final class Stamps {

    private Stamps() {}

    /** What was read from no table, and so is always current. */
    public static TableStamp ofNothing(TableVersions versions) {
        return versions.stamp(List.of(), 0, Set.of());
    }
}
