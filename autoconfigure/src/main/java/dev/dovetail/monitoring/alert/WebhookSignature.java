package dev.dovetail.monitoring.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs what is sent, as Standard Webhooks says: {@code v1,} and Base64 of HMAC-SHA256 over {@code id.timestamp.body}. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte @Nullable [] key;

    WebhookSignature(byte @Nullable [] key) {
        this.key = key;
    }

    /** @return null if there is no key */
    @Nullable
    String of(String id, long timestamp, String body) {
        if (key == null) {
            return null;
        }
        byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        try {
            // A Mac is for one thread at a time, and alerts are rare.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }
}
