package dev.dovetail.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Reads a whole backup. For who holds the directory. */
final class Verifier {

    private final Workshop shop;

    Verifier(Workshop shop) {
        this.shop = shop;
    }

    BackupReport verify(String name, RunningWork work) throws IOException {
        Instant begun = shop.clock().instant();
        Path file = shop.directory().resolve(name);
        BackupManifest manifest = shop.directory().manifest(file);
        shop.requireIntact(file, manifest, work);
        if (manifest.engine().equals(shop.engine())) {
            requireContents(file, manifest, work);
        }
        return BackupReport.of(
                file, manifest, Duration.between(begun, shop.clock().instant()));
    }

    private void requireContents(Path file, BackupManifest manifest, RunningWork work) throws IOException {
        if (!manifest.compressed() && !manifest.encrypted()) {
            shop.requireContents(file, manifest.contents(), work);
            return;
        }
        Workshop.requireRoom(shop.settings().directory(), manifest.copySize());
        Path copy = shop.directory().temporary();
        try {
            shop.unpack(file, manifest, copy, work);
            shop.requireContents(copy, manifest.contents(), work);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
