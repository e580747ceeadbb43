package dev.dovetail.backup;

import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.encryption.StreamEncryption;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses and encrypts a copy into the file that is stored, and back. */
final class BackupCodec {

    // What was encrypted for another purpose, or under another name of the key, is not to be taken for a backup.
    private static final String CONTEXT = "dovetail-backup ";

    private final @Nullable StreamEncryption encryption;

    BackupCodec(@Nullable StreamEncryption encryption) {
        this.encryption = encryption;
    }

    /** Name of the key with which new backups are encrypted. */
    String activeKey() {
        return encryption()
                .keys()
                .active()
                .orElseThrow(() -> new BackupException(
                        Reason.KEY,
                        "Backups are to be encrypted, but there is no key. Set dovetail.encryption.active-key and"
                                + " dovetail.encryption.keys.<name>."));
    }

    private StreamEncryption encryption() {
        StreamEncryption known = encryption;
        if (known == null) {
            throw new BackupException(
                    Reason.KEY,
                    "Encrypted backups need com.google.crypto.tink:tink on the class path. Add it to the application, or"
                            + " set dovetail.backup.encrypt=false.");
        }
        return known;
    }

    /** Writes the copy to the other file; returns the checksum of the copy. */
    String encode(Path copy, Path file, boolean compress, @Nullable String key, RunningWork work) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(copy), digest);
                OutputStream out = encoding(file, compress, key)) {
            transfer(in, out, Files.size(copy), work);
        } catch (GeneralSecurityException e) {
            throw new BackupException(Reason.KEY, "The backup could not be encrypted with key '" + key + "'", e);
        }
        return Digests.hex(digest.digest());
    }

    private OutputStream encoding(Path file, boolean compress, @Nullable String key)
            throws IOException, GeneralSecurityException {
        OutputStream stored =
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), Digests.BUFFER);
        OutputStream encrypted = key == null ? stored : encryption().encrypting(stored, key, CONTEXT + key);
        return compress ? new GZIPOutputStream(encrypted, Digests.BUFFER) : encrypted;
    }

    /** Writes to the other file, which is empty, what was copied; returns its checksum. */
    String decode(Path file, BackupManifest manifest, Path copy, RunningWork work) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = decoding(file, manifest);
                OutputStream out =
                        new DigestOutputStream(Files.newOutputStream(copy, StandardOpenOption.WRITE), digest)) {
            transfer(in, out, 0, work);
        }
        return Digests.hex(digest.digest());
    }

    /** Reads all of it and forgets it; returns the checksum of what was copied. */
    String digest(Path file, BackupManifest manifest, RunningWork work) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = decoding(file, manifest);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            transfer(in, out, 0, work);
        }
        return Digests.hex(digest.digest());
    }

    private InputStream decoding(Path file, BackupManifest manifest) throws IOException {
        InputStream stored = new BufferedInputStream(Files.newInputStream(file), Digests.BUFFER);
        try {
            String key = manifest.key();
            InputStream encoded = key == null ? stored : decrypting(stored, key);
            return manifest.compressed() ? new GZIPInputStream(encoded, Digests.BUFFER) : encoded;
        } catch (IOException | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    private InputStream decrypting(InputStream stored, String key) throws IOException {
        StreamEncryption known = encryption();
        if (!known.keys().names().contains(key)) {
            throw new BackupException(
                    Reason.KEY,
                    "The backup is encrypted with key '%s', which is not among %s. Add it as dovetail.encryption.keys.%s; the active key may stay another one."
                            .formatted(key, known.keys().names(), key));
        }
        try {
            return new Decrypting(known.decrypting(stored, key, CONTEXT + key), key);
        } catch (GeneralSecurityException e) {
            throw wrongKey(key, e);
        }
    }

    private static BackupException wrongKey(@Nullable String key, Exception cause) {
        return new BackupException(
                Reason.KEY,
                "The backup cannot be decrypted: what is configured as dovetail.encryption.keys.%s is not the key that it was encrypted with."
                        .formatted(key),
                cause);
    }

    private static void transfer(InputStream in, OutputStream out, long total, RunningWork work) throws IOException {
        byte[] buffer = new byte[Digests.BUFFER];
        long done = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            done += read;
            work.advanced(done, total);
        }
    }

    /** What the cipher refuses is said as what it is: by then the checksum has told that the file is whole. */
    private static final class Decrypting extends FilterInputStream {

        private final String key;

        Decrypting(InputStream in, String key) {
            super(in);
            this.key = key;
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw wrongKey(key, e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw wrongKey(key, e);
            }
        }
    }
}
