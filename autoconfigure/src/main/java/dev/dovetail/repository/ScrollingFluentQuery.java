package dev.dovetail.repository;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;

/**
 * A fluent query that scrolls by keyset too. Everything else is Spring Data's.
 *
 * @param <S> the entity
 * @param <R> what it is shown as
 */
final class ScrollingFluentQuery<S, R> implements FetchableFluentQuery<R> {

    private final FetchableFluentQuery<R> stock;
    private final WindowReader<S> windows;
    private final Projections<S> projections;
    private final Function<S, R> projection;
    private final Sort sort;
    private final Limit limit;

    private ScrollingFluentQuery(
            FetchableFluentQuery<R> stock,
            WindowReader<S> windows,
            Projections<S> projections,
            Function<S, R> projection,
            Sort sort,
            Limit limit) {
        this.stock = stock;
        this.windows = windows;
        this.projections = projections;
        this.projection = projection;
        this.sort = sort;
        this.limit = limit;
    }

    static <S> ScrollingFluentQuery<S, S> of(
            FetchableFluentQuery<S> stock, WindowReader<S> windows, Projections<S> projections) {
        return new ScrollingFluentQuery<>(
                stock, windows, projections, Function.identity(), Sort.unsorted(), Limit.unlimited());
    }

    @Override
    public Window<R> scroll(ScrollPosition position) {
        return windows.scroll(position, sort, limit, projection);
    }

    @Override
    public FetchableFluentQuery<R> sortBy(Sort newSort) {
        return new ScrollingFluentQuery<>(stock.sortBy(newSort), windows, projections, projection, newSort, limit);
    }

    @Override
    public FetchableFluentQuery<R> limit(int newLimit) {
        Limit of = newLimit > 0 ? Limit.of(newLimit) : Limit.unlimited();
        return new ScrollingFluentQuery<>(stock.limit(newLimit), windows, projections, projection, sort, of);
    }

    @Override
    public <P> FetchableFluentQuery<P> as(Class<P> type) {
        return new ScrollingFluentQuery<>(stock.as(type), windows, projections, projections.to(type), sort, limit);
    }

    @Override
    public FetchableFluentQuery<R> project(Collection<String> properties) {
        return new ScrollingFluentQuery<>(stock.project(properties), windows, projections, projection, sort, limit);
    }

    @Override
    public @Nullable R oneValue() {
        return stock.oneValue();
    }

    @Override
    public @Nullable R firstValue() {
        return stock.firstValue();
    }

    @Override
    public List<R> all() {
        return stock.all();
    }

    @Override
    public Page<R> page(Pageable pageable) {
        return stock.page(pageable);
    }

    @Override
    public Slice<R> slice(Pageable pageable) {
        return stock.slice(pageable);
    }

    @Override
    public Stream<R> stream() {
        return stock.stream();
    }

    @Override
    public long count() {
        return stock.count();
    }

    @Override
    public boolean exists() {
        return stock.exists();
    }
}
