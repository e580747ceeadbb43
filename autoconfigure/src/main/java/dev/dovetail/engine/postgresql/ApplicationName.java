package dev.dovetail.engine.postgresql;

import java.nio.charset.StandardCharsets;

/** The name under which the server lists our sessions. */
final class ApplicationName {

    /** The server cuts at one byte less than NAMEDATALEN, which is 64 unless it was compiled otherwise. */
    private static final int MAX_BYTES = 63;

    private ApplicationName() {}

    /** The name, at most 63 bytes of UTF-8 long, ending with a whole character. */
    static String fitted(String name) {
        StringBuilder fitted = new StringBuilder();
        int bytes = 0;
        for (int codePoint : name.codePoints().toArray()) {
            String character = Character.isISOControl(codePoint) ? "?" : Character.toString(codePoint);
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                break;
            }
            fitted.append(character);
        }
        return fitted.toString();
    }

    /** Whether the server shows this name so: it writes what is not ASCII as {@code \xNN}, or before 16 as {@code ?}. */
    static boolean isShownAs(String name, String shown) {
        return shown.equals(name) || shown.equals(escaped(name, true)) || shown.equals(escaped(name, false));
    }

    private static String escaped(String name, boolean hexadecimal) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 32 && b < 127) {
                text.append((char) b);
            } else {
                text.append(hexadecimal ? "\\x%02x".formatted(b & 0xff) : "?");
            }
        }
        return text.toString();
    }
}
