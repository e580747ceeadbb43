package dev.dovetail.benchmarks.subject;

import java.util.ArrayList;
import java.util.List;

/** What is in the table: row {@code n} has the id {@code n}. */
public final class SampleUsers {

    private static final long FIRST_MOMENT = 1_700_000_000_000_000L;
    private static final long BETWEEN = 1_000_001;

    private SampleUsers() {}

    /** The row with this id, as {@link Engine} fills the table. */
    public static UserRow stored(long id) {
        return new UserRow(
                id, email(id), "User " + id, (int) (18 + id % 60), Engine.fromMicros(FIRST_MOMENT + id * BETWEEN));
    }

    public static String email(long id) {
        return "user" + id + "@example.com";
    }

    /** A row that is not there yet; {@code number} tells new rows apart. */
    public static UserRow fresh(long number) {
        return new UserRow(
                null, "new" + number + "@example.com", "New user " + number, 30, Engine.fromMicros(FIRST_MOMENT));
    }

    /** Rows that are not there yet. */
    public static List<UserRow> fresh(long firstNumber, int count) {
        List<UserRow> users = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            users.add(fresh(firstNumber + i));
        }
        return users;
    }
}
