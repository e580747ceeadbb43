package dev.dovetail.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.annotation.Immutable;
import org.springframework.data.jdbc.core.mapping.AggregateReference;

/** What counts as immutable, and what is made of what does not. */
// Date is what applications still have, and may be changed.
@SuppressWarnings("JavaUtilDate")
class ImmutabilityTests {

    record Pair<A, B>(A first, B second) {}

    @Immutable
    static class Said {
        int value;
    }

    @Entity
    @Immutable
    static class Managed {
        @Id
        int id;
    }

    static class Proxied extends Managed {}

    @Test
    void whatJpaManagesIsNotImmutableByAnnotation() {
        assertThat(Immutability.isImmutable(Said.class)).isTrue();
        assertThat(Immutability.isImmutable(Managed.class)).isFalse();
        assertThat(Immutability.isImmutable(Proxied.class)).isFalse();
    }

    record TwoPairs(Pair<String, Long> fine, Pair<String, Date> bad) {}

    record Node(String name, @Nullable Node next) {}

    record Options(Optional<String> fine, Optional<int[]> bad) {}

    record Reference(AggregateReference<Node, Long> node) {}

    sealed interface Shape permits Square, Circle {}

    record Square(int side) implements Shape {}

    record Circle(double radius) implements Shape {}

    sealed interface Odd permits Fixed, Loose {}

    record Fixed() implements Odd {}

    static final class Loose implements Odd {
        int state;
    }

    static class Base {
        int count;
    }

    static final class Derived extends Base {
        final String name = "";
    }

    interface Projection {
        String getName();

        BigDecimal getPrice();
    }

    record Framed(Projection picture) {}

    @Immutable
    interface Vowed {
        String getName();
    }

    record Kept(Vowed vowed, @Nullable Shape shape) {}

    interface Setting {
        void setName(String name);
    }

    abstract static class Unknown {}

    record Holder(Unknown unknown) {}

    record Anything(Object value) {}

    enum Level {
        LOW {
            @Override
            int number() {
                return 1;
            }
        };

        abstract int number();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                int.class,
                Integer.class,
                String.class,
                UUID.class,
                Instant.class,
                DayOfWeek.class,
                Level.class,
                Node.class,
                Shape.class,
                Projection.class,
                Reference.class,
                Kept.class,
                Square.class
            })
    void whatCannotBeChanged(Class<?> type) {
        assertThat(Immutability.mutablePart(type)).isEmpty();
    }

    private static Class<?> bodyOf(Object constant) {
        return constant.getClass();
    }

    @Test
    void aConstantWithABodyIsOfItsEnum() {
        assertThat(Immutability.isImmutable(bodyOf(Level.LOW))).isTrue();
    }

    @Test
    void whatCanBeChangedIsNamed() {
        assertThat(Immutability.mutablePart(TwoPairs.class)).contains("TwoPairs.bad.second: java.util.Date");
        assertThat(Immutability.mutablePart(Options.class)).contains("Options.bad: int[]");
        assertThat(Immutability.mutablePart(Odd.class)).contains("Loose.state: not final");
        assertThat(Immutability.mutablePart(Derived.class)).contains("Derived.count: not final");
        assertThat(Immutability.mutablePart(Setting.class)).contains("Setting.setName(): not a getter");
        assertThat(Immutability.mutablePart(Holder.class).orElseThrow()).startsWith("Holder.unknown: ");
        assertThat(Immutability.mutablePart(Framed.class).orElseThrow()).startsWith("Framed.picture: ");
        assertThat(Immutability.mutablePart(Anything.class)).contains("Anything.value: java.lang.Object");
        assertThat(Immutability.mutablePart(byte[].class)).contains("byte[]: byte[]");
        assertThat(Immutability.mutablePart(AtomicInteger.class)).isPresent();
    }

    @Test
    void containersAreCopiedWithNullsAndOrder() {
        List<@Nullable Object> original = new ArrayList<>(Arrays.asList("a", null, new ArrayList<>(List.of(1))));
        List<?> frozen = (List<?>) Objects.requireNonNull(FrozenResult.of(original, false));
        original.set(0, "b");

        assertThat(frozen.get(0)).isEqualTo("a");
        assertThat(frozen.get(1)).isNull();
        assertThatThrownBy(() -> ((List<?>) Objects.requireNonNull(frozen.get(2))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat((Iterable<?>) Objects.requireNonNull(FrozenResult.of(new TreeSet<>(List.of("b", "a", "c")), false)))
                .map(String::valueOf)
                .containsExactly("a", "b", "c");
        assertThat(FrozenResult.of(Optional.of(List.of(1)), false)).isEqualTo(Optional.of(List.of(1)));
        assertThat(FrozenResult.of(null, false)).isNull();
    }

    @Test
    void whatIsInsideIsLookedAt() {
        Map<String, Object> row = new LinkedHashMap<>(Map.of("since", new Date()));
        assertThatThrownBy(() -> FrozenResult.of(List.of(row), false))
                .isInstanceOf(MutableResultException.class)
                .hasMessageContaining("Date");
        assertThatThrownBy(() -> FrozenResult.of(new int[] {1}, false)).isInstanceOf(MutableResultException.class);
    }

    @Test
    void keysAreOfWhatStaysAsItIs() {
        assertThat(KeyArguments.of(new Object[] {new Date()})).isNull();
        assertThat(KeyArguments.of(new Object[] {new int[] {1}})).isNull();
        assertThat(KeyArguments.of(new Object[] {new Object()})).isNull();
        assertThat(KeyArguments.of(new Object[] {List.of(new Date())})).isNull();
        assertThat(new CacheKey(null, kept(1, "a", List.of(2))))
                .isEqualTo(new CacheKey(null, kept(1, "a", List.of(2))));
        assertThat(new CacheKey(null, kept(1L))).isNotEqualTo(new CacheKey(null, kept(1)));
        assertThat(new CacheKey(null, kept("a,b"))).isNotEqualTo(new CacheKey(null, kept("a", "b")));
    }

    private static @Nullable Object[] kept(Object... arguments) {
        return Objects.requireNonNull(KeyArguments.of(arguments));
    }
}
