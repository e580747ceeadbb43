package dev.dovetail.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Slice;
import org.springframework.data.util.Streamable;
import org.springframework.util.LinkedCaseInsensitiveMap;

/** Copies results so that nobody can change them: those who are given the same one would see it. */
final class FrozenResult {

    /** A result holds what may change; the message says where. */
    static final class MutableResultException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MutableResultException(String part) {
            super(part, null, false, false);
        }
    }

    private FrozenResult() {}

    /**
     * The same value, in containers that do not change.
     *
     * @param checked whether it is known already that what is in them does not change
     * @throws MutableResultException if it does
     */
    static @Nullable Object of(@Nullable Object value, boolean checked) {
        if (value == null) {
            return null;
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : Optional.ofNullable(of(optional.get(), checked));
        }
        return isContainer(value) ? container(value, checked) : checked ? value : checked(value);
    }

    // A class of the application may be both, and must stay what it is.
    private static boolean isContainer(Object value) {
        boolean several = value instanceof Collection<?>
                || value instanceof Map<?, ?>
                || value instanceof Slice<?>
                || value instanceof Streamable<?>;
        return several && !Immutability.isImmutable(value.getClass());
    }

    private static Object container(Object value, boolean checked) {
        if (value instanceof Collection<?> values) {
            return collection(values, checked);
        }
        return value instanceof Map<?, ?> map ? map(map, checked) : several((Iterable<?>) value, checked);
    }

    private static Object checked(Object value) {
        Immutability.mutablePart(value.getClass()).ifPresent(part -> {
            throw new MutableResultException(part);
        });
        return value;
    }

    private static Object several(Iterable<?> values, boolean checked) {
        if (values instanceof Page<?> page) {
            return new FrozenPage<>(list(page.getContent(), checked), page);
        }
        if (values instanceof Slice<?> slice) {
            return new FrozenSlice<>(list(slice.getContent(), checked), slice);
        }
        return Streamable.of(list(values, checked));
    }

    private static Collection<@Nullable Object> collection(Collection<?> values, boolean checked) {
        if (values instanceof SortedSet<?> sorted) {
            return sorted(sorted, checked);
        }
        // What is put in and taken out is not kept.
        if (values instanceof Queue<?> && !(values instanceof List<?>)) {
            checked(values);
        }
        return values instanceof Set<?>
                ? Collections.unmodifiableSet(new LinkedHashSet<>(list(values, checked)))
                : list(values, checked);
    }

    private static List<@Nullable Object> list(Iterable<?> values, boolean checked) {
        List<@Nullable Object> copy =
                values instanceof Collection<?> sized ? new ArrayList<>(sized.size()) : new ArrayList<>();
        values.forEach(value -> copy.add(of(value, checked)));
        return Collections.unmodifiableList(copy);
    }

    @SuppressWarnings("unchecked")
    private static Set<@Nullable Object> sorted(SortedSet<?> values, boolean checked) {
        NavigableSet<@Nullable Object> copy = new TreeSet<>(((SortedSet<Object>) values).comparator());
        copy.addAll(list(values, checked));
        return Collections.unmodifiableNavigableSet(copy);
    }

    private static Map<?, @Nullable Object> map(Map<?, ?> values, boolean checked) {
        if (values instanceof LinkedCaseInsensitiveMap<?>) {
            Map<String, @Nullable Object> copy = new LinkedCaseInsensitiveMap<>(values.size());
            values.forEach((name, value) -> copy.put((String) name, of(value, checked)));
            return Collections.unmodifiableMap(copy);
        }
        return values instanceof SortedMap<?, ?> sorted ? sorted(sorted, checked) : unsorted(values, checked);
    }

    private static Map<?, @Nullable Object> unsorted(Map<?, ?> values, boolean checked) {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> copy.put(of(key, checked), of(value, checked)));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("unchecked")
    private static Map<?, @Nullable Object> sorted(SortedMap<?, ?> values, boolean checked) {
        NavigableMap<Object, @Nullable Object> copy = new TreeMap<>(((SortedMap<Object, Object>) values).comparator());
        values.forEach((key, value) -> copy.put(checked ? key : checked(key), of(value, checked)));
        return Collections.unmodifiableNavigableMap(copy);
    }
}
