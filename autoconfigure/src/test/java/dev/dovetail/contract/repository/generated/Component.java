package dev.dovetail.contract.repository.generated;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.data.jdbc.core.mapping.AggregateReference;

/** A type that a property of a generated entity can have, with values of it. */
// The functions are stateless.
@SuppressWarnings("ImmutableEnumChecker")
enum Component {
    LONG("Long", "bigint", Component::whole),
    LONG_PRIMITIVE("long", "bigint", Component::whole),
    INT("Integer", "integer", Component::medium),
    INT_PRIMITIVE("int", "integer", Component::medium),
    SHORT("Short", "integer", random -> (short) medium(random)),
    SHORT_PRIMITIVE("short", "bigint", random -> (short) medium(random)),
    BYTE("Byte", "integer", random -> (byte) medium(random)),
    BYTE_PRIMITIVE("byte", "integer", random -> (byte) medium(random)),
    BOOLEAN("Boolean", "boolean", Random::nextBoolean),
    BOOLEAN_PRIMITIVE("boolean", "boolean", Random::nextBoolean),
    DOUBLE("Double", "double", Component::number),
    DOUBLE_PRIMITIVE("double", "double", Component::number),
    FLOAT("Float", "double", random -> (float) number(random)),
    FLOAT_PRIMITIVE("float", "double", random -> (float) number(random)),
    CHARACTER("Character", "text", random -> one(random, 'a', 'ß', '\'', '1')),
    TEXT("String", "text", Component::text),
    SHADE("Parts.Shade", "text", random -> one(random, Parts.Shade.values())),
    MONEY("java.math.BigDecimal", "decimal_12_2", random -> decimal(random, 11, 2)),
    EXACT("java.math.BigDecimal", "decimal_38_10", random -> decimal(random, 37, 10)),
    BIG("java.math.BigInteger", "decimal_38_0", random -> new BigInteger(120, random)),
    UNIQUE("java.util.UUID", "uuid", random -> new UUID(random.nextLong(), random.nextLong())),
    MOMENT("java.time.Instant", "timestamp", Component::moment),
    ZONED("java.time.OffsetDateTime", "timestamp", random -> moment(random).atOffset(ZoneOffset.UTC)),
    LOCAL("java.time.LocalDateTime", "datetime", Component::local),
    DAY("java.time.LocalDate", "date", random -> local(random).toLocalDate()),
    HOUR("java.time.LocalTime", "time", random -> local(random).toLocalTime()),
    BYTES("byte[]", "blob", Component::bytes),
    REFERENCE("AggregateReference<Parts.Target, Long>", "bigint", random -> AggregateReference.to(random.nextLong())),
    CODE("Parts.Code", "text", random -> new Parts.Code(text(random))),
    CENTS("Parts.Cents", "bigint", random -> new Parts.Cents(whole(random))),
    NOTE("Parts.Note", "json", random -> new Parts.Note(text(random), List.of(medium(random)))),
    WORDS("java.util.List<String>", "json", random -> List.of(text(random))),
    ANY_NUMBER("Number", "bigint", Component::whole),
    ANY("Object", "text", Component::text);

    private final String type;
    private final String word;
    private final Function<Random, Object> values;

    Component(String type, String word, Function<Random, Object> values) {
        this.type = type;
        this.word = word;
        this.values = values;
    }

    /** As it is written in source code. */
    String type() {
        return type;
    }

    /** The type of a column that is meant for it, as portable migrations call it. */
    String word() {
        return word;
    }

    boolean isPrimitive() {
        return Character.isLowerCase(type.charAt(0)) && type.indexOf('.') < 0 && this != BYTES;
    }

    Object value(Random random) {
        return values.apply(random);
    }

    /** What a field is initialised with, as it is written in source code; empty for nothing. */
    String initialiser() {
        return switch (this) {
            case LONG, LONG_PRIMITIVE -> " = 77L";
            case INT, INT_PRIMITIVE -> " = 77";
            case TEXT, ANY -> " = \"initial\"";
            case BOOLEAN, BOOLEAN_PRIMITIVE -> " = true";
            case SHADE -> " = Parts.Shade.DARK";
            case CODE -> " = new Parts.Code(\"initial\")";
            case REFERENCE -> " = AggregateReference.to(77L)";
            default -> "";
        };
    }

    private static long whole(Random random) {
        return one(random, 0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong());
    }

    private static int medium(Random random) {
        return one(random, 0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt());
    }

    private static double number(Random random) {
        return one(random, 0.0, 0.1, -1.5, 1e30, random.nextGaussian());
    }

    private static String text(Random random) {
        return one(random, "", "a", "Zürich ' \" \\ ? :x", "null", "1", "🏔️".repeat(random.nextInt(40)));
    }

    private static BigDecimal decimal(Random random, int precision, int scale) {
        return new BigDecimal(new BigInteger(BigInteger.TEN.pow(precision).bitLength() - 1, random), scale)
                .multiply(BigDecimal.valueOf(one(random, 1, -1, 0)))
                .setScale(scale);
    }

    private static Instant moment(Random random) {
        return one(
                random,
                Instant.EPOCH,
                Instant.parse("1582-10-10T00:00:00Z"),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L));
    }

    private static LocalDateTime local(Random random) {
        return LocalDateTime.ofInstant(moment(random), ZoneOffset.UTC);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(4)];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    static <T> T one(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
