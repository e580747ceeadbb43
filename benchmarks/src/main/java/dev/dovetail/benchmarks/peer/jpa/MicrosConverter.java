package dev.dovetail.benchmarks.peer.jpa;

import dev.dovetail.benchmarks.subject.Engine;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments on SQLite. */
@Converter(autoApply = true)
class MicrosConverter implements AttributeConverter<Instant, Long> {

    @Override
    public @Nullable Long convertToDatabaseColumn(@Nullable Instant moment) {
        return moment == null ? null : Engine.micros(moment);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Long micros) {
        return micros == null ? null : Engine.fromMicros(micros);
    }
}
