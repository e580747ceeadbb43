package dev.dovetail.backup;

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

    /** Whose backup it is. */
    static String applicationOf(String name) {
        return name.replaceFirst("-\\d{8}T\\d{9}Z\\..*$", "");
    }
}
