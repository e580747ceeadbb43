package dev.dovetail.encryption;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys by their names, and the one with which new things are encrypted. Old ones stay as long as something is encrypted with
 * them. {@link #toString()} names no key. Immutable.
 */
public final class KeyRing {

    private static final int BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String KEYS = "dovetail.encryption.keys.";
    private static final String ACTIVE = "dovetail.encryption.active-key";

    private final @Nullable String active;
    private final Map<String, byte[]> keys = new LinkedHashMap<>();

    /**
     * @param active name of the key for new things; null or empty if nothing is to be encrypted
     * @param keys 32 bytes each, as Base64, by their names
     * @throws IllegalArgumentException if there is no such active key, or a key is none; names the property, never the key
     */
    public KeyRing(@Nullable String active, Map<String, String> keys) {
        this.active = active == null || active.isBlank() ? null : active.strip();
        keys.forEach((name, text) -> this.keys.put(requireName(name), bytes(name, text)));
        if (this.active != null && !this.keys.containsKey(this.active)) {
            throw new IllegalArgumentException("%s is '%s', but there is no %s%s; there are %s"
                    .formatted(ACTIVE, this.active, KEYS, this.active, names()));
        }
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    KEYS
                            + "* has a name that is not made of letters, digits, '.', '_' and '-', or is longer than 64 characters");
        }
        return name;
    }

    private static byte[] bytes(String name, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            // The cause would quote a part of the key.
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "%s%s must be %d bytes as Base64, for example from: openssl rand -base64 %d"
                            .formatted(KEYS, name, BYTES, BYTES));
        }
        return bytes;
    }

    /** Name of the key with which new things are encrypted; empty if there is none. */
    public Optional<String> active() {
        return Optional.ofNullable(active);
    }

    /** The key of this name. */
    public Optional<byte[]> key(String name) {
        return Optional.ofNullable(keys.get(name)).map(byte[]::clone);
    }

    /** The names of all keys. */
    public Set<String> names() {
        return new TreeSet<>(keys.keySet());
    }

    @Override
    public String toString() {
        return "KeyRing[active=%s, names=%s]".formatted(active, names());
    }
}
