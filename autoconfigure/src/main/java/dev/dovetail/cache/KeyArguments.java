package dev.dovetail.cache;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** Makes keys of what callers give: only of what stays as it is, and is equal to what means the same. */
final class KeyArguments {

    private static final ClassValue<Boolean> VALUES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Immutability.isImmutable(type) && hasEquality(type);
        }
    };

    private KeyArguments() {}

    /**
     * The arguments in an array and in collections that nobody else has.
     *
     * @return null if one of them cannot be part of a key
     */
    static @Nullable Object @Nullable [] of(@Nullable Object[] arguments) {
        @Nullable Object[] kept = new @Nullable Object[arguments.length];
        for (int i = 0; i < kept.length; i++) {
            Object argument = arguments[i];
            if (argument != null && !VALUES.get(argument.getClass())) {
                argument = other(argument);
                if (argument == null) {
                    return null;
                }
            }
            kept[i] = argument;
        }
        return kept;
    }

    private static @Nullable Object other(Object argument) {
        if (argument instanceof List<?> list) {
            return copy(list, new ArrayList<>());
        }
        if (argument instanceof Set<?> set) {
            return copy(set, new LinkedHashSet<>());
        }
        boolean value = (argument instanceof Sort sort && isPlain(sort))
                || (argument instanceof Pageable page && isPlain(page))
                || argument instanceof Limit
                || (argument instanceof Optional<?> optional && (optional.isEmpty() || isKey(optional.get())))
                || argument instanceof Class<?>;
        return value ? argument : null;
    }

    private static boolean isKey(Object value) {
        return VALUES.get(value.getClass());
    }

    private static @Nullable Collection<?> copy(Collection<?> values, Collection<@Nullable Object> copy) {
        for (Object value : values) {
            if (value != null && !isKey(value)) {
                return null;
            }
            copy.add(value);
        }
        return copy instanceof List<@Nullable Object> list
                ? Collections.unmodifiableList(list)
                : Collections.unmodifiableSet((Set<@Nullable Object>) copy);
    }

    // Others may order by what is not part of their equality.
    private static boolean isPlain(Sort sort) {
        return sort.getClass() == Sort.class && sort.stream().allMatch(order -> order.getClass() == Sort.Order.class);
    }

    private static boolean isPlain(Pageable page) {
        return page.isUnpaged() || (page.getClass() == PageRequest.class && isPlain(page.getSort()));
    }

    private static boolean hasEquality(Class<?> type) {
        try {
            Method equals = type.getMethod("equals", Object.class);
            return type.isEnum() || type.isRecord() || equals.getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
