package dev.dovetail.autoconfigure;

import dev.dovetail.cache.CacheWarmer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Fills caches when the application is ready. */
final class CacheWarming implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(CacheWarmer.class);

    private final ObjectProvider<CacheWarmer> warmers;

    CacheWarming(ObjectProvider<CacheWarmer> warmers) {
        this.warmers = warmers;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        warmers.orderedStream().forEach(CacheWarming::warm);
    }

    private static void warm(CacheWarmer warmer) {
        try {
            warmer.warm();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn(
                    "{} failed; what it would have read is read when it is needed",
                    warmer.getClass().getName(),
                    e);
        }
    }
}
