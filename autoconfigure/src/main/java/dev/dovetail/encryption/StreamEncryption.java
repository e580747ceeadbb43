package dev.dovetail.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/**
 * Encrypts streams of any length so that whatever was changed, cut off or moved in them is found while they are read. Safe for use
 * by several threads.
 */
public interface StreamEncryption {

    /** The keys there are. */
    KeyRing keys();

    /**
     * Encrypts what is written to the result; closing that closes the other.
     *
     * @param key name of a key in the ring
     * @param context has to be the same when it is read
     */
    OutputStream encrypting(OutputStream out, String key, String context) throws IOException, GeneralSecurityException;

    /**
     * Decrypts. Reading throws {@link IOException} at the first byte that was not encrypted with this key and context.
     *
     * @param key name of a key in the ring
     */
    InputStream decrypting(InputStream in, String key, String context) throws IOException, GeneralSecurityException;
}
