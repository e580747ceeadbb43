package dev.dovetail.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of backups: {@code <application>-<yyyyMMdd'T'HHmmssSSS'Z'>.<db or dump>[.gz][.enc]}. */
final class BackupName {

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9._-]+-\\d{8}T\\d{9}Z\\.[a-z]{1,10}(\\.gz)?(\\.enc)?");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    // No more than this do the clocks of machines differ that are right.
    private static final Duration SKEW = Duration.ofHours(1);

    private BackupName() {}

    static String of(String application, Instant moment, String suffix, boolean compressed, boolean encrypted) {
        return application + "-" + moment(moment) + "." + suffix + (compressed ? ".gz" : "")
                + (encrypted ? ".enc" : "");
    }

    static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    /** Whether a text has the form of one. None of that form leads out of its directory. */
    static boolean isOne(String name) {
        return FORM.matcher(name).matches();
    }

    /** When it was made, as a text that sorts. */
    static String momentIn(String name) {
        return name.replaceFirst("^.*-(\\d{8}T\\d{9}Z)\\..*$", "$1");
    }

    /** Whether it was made when the clock was wrong, which has been set back since. */
    static boolean isOfFuture(String name, Instant now) {
        return momentIn(name).compareTo(moment(now.plus(SKEW))) > 0;
    }

    /** Whose backup it is. */
    static String applicationOf(String name) {
        return name.replaceFirst("-\\d{8}T\\d{9}Z\\..*$", "");
    }
}
