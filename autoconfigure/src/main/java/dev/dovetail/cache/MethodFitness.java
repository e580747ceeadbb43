package dev.dovetail.cache;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.util.Streamable;

/** Whether what a method of a repository returns can be kept and given to several callers. */
final class MethodFitness {

    private static final Set<String> READS = Set.of("findById", "existsById", "count", "findAll", "findAllById");
    private static final Pattern DELETION = Pattern.compile("(delete|remove)(\\p{Lu}.*?)??By.*");

    private static final List<Class<?>> CONTAINERS =
            List.of(Iterable.class, Collection.class, List.class, Set.class, Streamable.class, Page.class, Slice.class);
    private static final List<Class<?>> UNREPEATABLE =
            List.of(BaseStream.class, Future.class, Window.class, void.class, Void.class);
    private static final List<Class<?>> NO_VALUES = List.of(
            Function.class,
            Consumer.class,
            Callable.class,
            Example.class,
            ScrollPosition.class,
            org.springframework.data.relational.core.query.Query.class);

    private MethodFitness() {}

    /**
     * Why its result cannot be kept; null if it can.
     *
     * @param asked whether the method itself is to be cached
     */
    static @Nullable String reasonAgainst(RepositoryInformation repository, Method method, boolean asked) {
        if (isOfOneKind(UNREPEATABLE, method.getReturnType())) {
            return "a result of type %s is not there any more when it has been read once"
                    .formatted(method.getReturnType().getSimpleName());
        }
        if (changes(repository, method)) {
            return "it changes or locks rows";
        }
        for (Class<?> parameter : method.getParameterTypes()) {
            if (isOfOneKind(NO_VALUES, parameter)) {
                return "two arguments of type %s cannot be compared".formatted(parameter.getSimpleName());
            }
        }
        return asked || repository.isQueryMethod(method) || isInheritedRead(repository, method)
                ? null
                : "it is neither a query nor inherited";
    }

    private static boolean isOfOneKind(List<Class<?>> kinds, Class<?> type) {
        return kinds.stream().anyMatch(kind -> kind.isAssignableFrom(type));
    }

    private static boolean changes(RepositoryInformation repository, Method method) {
        if (isInherited(repository, method)) {
            return !READS.contains(method.getName());
        }
        boolean declared = AnnotatedElementUtils.hasAnnotation(method, Query.class);
        return AnnotatedElementUtils.hasAnnotation(method, Modifying.class)
                || AnnotatedElementUtils.hasAnnotation(method, Lock.class)
                || (repository.isQueryMethod(method)
                        && !declared
                        && DELETION.matcher(method.getName()).matches());
    }

    private static boolean isInheritedRead(RepositoryInformation repository, Method method) {
        return isInherited(repository, method) && READS.contains(method.getName());
    }

    /** Whether Spring Data's own code is what is called, in place of which a default method or a fragment may stand. */
    static boolean isInherited(RepositoryInformation repository, Method method) {
        return repository.isBaseClassMethod(method) && !method.isDefault() && !repository.isCustomMethod(method);
    }

    /** Where its result may be changed by whoever gets it; null if nowhere. */
    static @Nullable String mutablePart(RepositoryInformation repository, Method method) {
        return mutablePart(
                ResolvableType.forMethodReturnType(method, repository.getRepositoryInterface()),
                repository.getDomainType());
    }

    /** Whether the caller says of which type its result is, as with dynamic projections. */
    static boolean isChosenByCaller(Method method) {
        return method.getTypeParameters().length > 0
                && List.of(method.getParameterTypes()).contains(Class.class);
    }

    private static @Nullable String mutablePart(ResolvableType result, Class<?> entity) {
        Class<?> type = result.resolve(Object.class);
        if (CONTAINERS.contains(type)) {
            return mutablePart(result.as(Iterable.class).getGeneric(0), entity);
        }
        if (type == Optional.class) {
            return mutablePart(result.getGeneric(0), entity);
        }
        if (type == Map.class) {
            String key = mutablePart(result.getGeneric(0), entity);
            return key != null ? key : mutablePart(result.getGeneric(1), entity);
        }
        // What an entity is itself, its repository returns as the entity, and not as a projection.
        boolean isEntity = type != Object.class && type.isAssignableFrom(entity);
        return Immutability.mutablePart(isEntity ? ResolvableType.forClass(entity) : result);
    }
}
