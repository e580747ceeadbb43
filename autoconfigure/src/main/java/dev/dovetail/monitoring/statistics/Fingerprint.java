package dev.dovetail.monitoring.statistics;

import dev.dovetail.sql.SqlFingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A statement without its values. */
final class Fingerprint {

    // Somebody reads it. Two that differ only behind it are told apart all the same.
    private static final int LONGEST_TEXT = 4096;

    private final long hash;
    private final String text;
    private volatile @Nullable KeptStatement kept;

    private Fingerprint(long hash, String text) {
        this.hash = hash;
        this.text = text;
    }

    static Fingerprint of(String sql) {
        String whole = SqlFingerprint.of(sql);
        return new Fingerprint(hash(whole), whole.length() > LONGEST_TEXT ? shortened(whole) : whole);
    }

    private static String shortened(String whole) {
        return whole.substring(0, LONGEST_TEXT) + "…";
    }

    // One that strangers can choose texts for, and that is the same in every process.
    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long hash = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                hash = (hash << 8) | (digest[i] & 0xff);
            }
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    long hash() {
        return hash;
    }

    String id() {
        return HexFormat.of().toHexDigits(hash);
    }

    String text() {
        return text;
    }

    /** Where it is counted; null if that is not known. */
    @Nullable
    KeptStatement kept() {
        return kept;
    }

    void keptAs(@Nullable KeptStatement statement) {
        kept = statement;
    }
}
