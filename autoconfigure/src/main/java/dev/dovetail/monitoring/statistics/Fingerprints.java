package dev.dovetail.monitoring.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The fingerprint of each text: one that comes again need not be read again. Safe for use by several threads. */
final class Fingerprints {

    private static final int LONGEST_TEXT = 4096;

    private final int mostTexts;
    private final Map<String, Fingerprint> known = new ConcurrentHashMap<>();

    Fingerprints(int mostTexts) {
        this.mostTexts = mostTexts;
    }

    Fingerprint of(String sql) {
        Fingerprint fingerprint = known.get(sql);
        return fingerprint != null ? fingerprint : read(sql);
    }

    private Fingerprint read(String sql) {
        Fingerprint fingerprint = Fingerprint.of(sql);
        if (sql.length() <= LONGEST_TEXT) {
            if (known.size() >= mostTexts) {
                known.clear();
            }
            known.put(sql, fingerprint);
        }
        return fingerprint;
    }
}
