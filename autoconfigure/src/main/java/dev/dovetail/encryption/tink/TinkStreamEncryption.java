package dev.dovetail.encryption.tink;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import dev.dovetail.encryption.KeyRing;
import dev.dovetail.encryption.StreamEncryption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** AES-256-GCM in segments of 1 MB under a key derived for each stream: Tink's {@code AES256_GCM_HKDF_1MB}. */
public final class TinkStreamEncryption implements StreamEncryption {

    private static final String HKDF = "HmacSha256";
    private static final int KEY_BYTES = 32;
    private static final int SEGMENT_BYTES = 1 << 20;

    private final KeyRing keys;

    public TinkStreamEncryption(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public KeyRing keys() {
        return keys;
    }

    @Override
    public OutputStream encrypting(OutputStream out, String key, String context)
            throws IOException, GeneralSecurityException {
        return primitive(key).newEncryptingStream(out, bytes(context));
    }

    @Override
    public InputStream decrypting(InputStream in, String key, String context)
            throws IOException, GeneralSecurityException {
        return primitive(key).newDecryptingStream(in, bytes(context));
    }

    private StreamingAead primitive(String name) throws GeneralSecurityException {
        byte[] key = keys.key(name)
                .orElseThrow(() -> new GeneralSecurityException("There is no key '" + name + "' in the ring"));
        return new AesGcmHkdfStreaming(key, HKDF, KEY_BYTES, SEGMENT_BYTES, 0);
    }

    private static byte[] bytes(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
    }
}
