package dev.dovetail.repository;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;

/**
 * Gives converters of the application what they take: a driver's own form of a value, where the value is a {@code Long} or of
 * {@code java.time} and no converter takes it as it is. Safe for use by several threads.
 */
final class DriverFormConverter implements ConditionalGenericConverter {

    /** What a driver may have returned in place of a value. */
    private record Form(Class<?> of, Class<?> driver, Function<Object, Object> make) {}

    private static final List<Form> FORMS = List.of(
            new Form(Long.class, Integer.class, value -> Math.toIntExact((Long) value)),
            new Form(Instant.class, Timestamp.class, value -> Timestamp.from((Instant) value)),
            new Form(
                    OffsetDateTime.class,
                    Timestamp.class,
                    value -> Timestamp.from(((OffsetDateTime) value).toInstant())),
            // A moment in a column without a zone lies there in UTC.
            new Form(
                    LocalDateTime.class,
                    Timestamp.class,
                    value -> Timestamp.from(((LocalDateTime) value).toInstant(ZoneOffset.UTC))),
            new Form(LocalDate.class, Date.class, value -> Date.valueOf((LocalDate) value)),
            new Form(LocalTime.class, Time.class, value -> Time.valueOf((LocalTime) value)));

    private final StoredValues values;
    private final ConversionService conversion;

    DriverFormConverter(StoredValues values, ConversionService conversion) {
        this.values = values;
        this.conversion = conversion;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return FORMS.stream()
                .map(form -> new ConvertiblePair(form.of, Object.class))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean matches(TypeDescriptor source, TypeDescriptor target) {
        Class<?> wanted = target.getType();
        return !StoredValues.isSimple(wanted)
                && !values.isConvertedByApplication(source.getType(), wanted)
                && form(source.getType(), wanted) != null;
    }

    @Override
    public @Nullable Object convert(@Nullable Object value, TypeDescriptor source, TypeDescriptor target) {
        if (value == null) {
            return null;
        }
        Form form = Objects.requireNonNull(form(source.getType(), target.getType()));
        return conversion.convert(form.make.apply(value), target.getType());
    }

    private @Nullable Form form(Class<?> source, Class<?> wanted) {
        return FORMS.stream()
                .filter(form -> form.of == source && values.isConvertedByApplication(form.driver, wanted))
                .findFirst()
                .orElse(null);
    }
}
