package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.support.PageableExecutionUtils;

/** The rows of a selection, each made into a shape. */
final class SelectedRows<T> implements TableRows<T> {

    /** A row, and the values that say where it stands. */
    private record Placed<T>(T row, List<@Nullable Object> place) {}

    private final Statements statements;
    private final Selection selection;
    private final SelectWriter writer;
    private final List<Output> outputs;
    private final Shape<T> shape;

    SelectedRows(Statements statements, Selection selection, SelectWriter writer, Shape<T> shape) {
        this.statements = statements;
        this.selection = selection;
        this.writer = writer;
        this.outputs = writer.outputs(selection);
        this.shape = shape;
    }

    private SelectedResults<T> results(Selection of) {
        return new SelectedResults<>(
                statements,
                Statements.rows(outputs, shape),
                most -> writer.rows(most == Selection.NO_LIMIT ? of : of.atMost(most), outputs));
    }

    @Override
    public List<T> list() {
        return results(selection).list();
    }

    @Override
    public Optional<T> one() {
        return results(selection).one();
    }

    @Override
    public Optional<T> first() {
        return results(selection).first();
    }

    @Override
    public Stream<T> stream() {
        return results(selection).stream();
    }

    @Override
    public Page<T> page(Pageable page) {
        if (selection.isCut()) {
            throw Misuse.of("A page has a size and an offset of its own: leave out limit() and offset()");
        }
        Selection sorted = selection.orderedFirst(page.getSort());
        Selection cut = page.isPaged() ? sorted.limit(page.getPageSize()).offset(page.getOffset()) : sorted;
        return statements.reading(
                () -> PageableExecutionUtils.getPage(results(cut).list(), page, this::count));
    }

    long count() {
        return statements
                .list(writer.matching(selection, "count(*)"), (result, number) -> result.getLong(1))
                .get(0);
    }

    @Override
    public Window<T> window(ScrollPosition position) {
        int size = selection.limit();
        if (size == Selection.NO_LIMIT || size == 0 || selection.offset() > 0) {
            throw Misuse.of(
                    "A window is as large as the query's limit, and begins at its position: say limit(n) with n of 1"
                            + " or more, and no offset()");
        }
        if (position instanceof KeysetScrollPosition keys) {
            return window(keys, size);
        }
        if (position instanceof OffsetScrollPosition offset) {
            return window(offset, size);
        }
        throw Misuse.of(
                "Positions of type %s are not known", position.getClass().getName());
    }

    private Window<T> window(OffsetScrollPosition position, int size) {
        long start = position.isInitial() ? 0 : position.getOffset() + 1;
        List<T> rows = results(selection.limit(oneMore(size)).offset(start)).list();
        return Window.from(cut(rows, size), OffsetScrollPosition.positionFunction(start), rows.size() > size);
    }

    private Window<T> window(KeysetScrollPosition position, int size) {
        Keyset keyset = Keyset.of(writer.expressions(), selection.order(), position);
        List<Output> all = new ArrayList<>(outputs);
        keyset.columns().forEach(column -> all.add(writer.expressions().column(column)));
        int own = outputs.size();
        List<Placed<T>> found = statements.list(
                writer.window(selection.limit(oneMore(size)), all, keyset),
                Statements.rows(
                        all,
                        values -> new Placed<>(
                                shape.of(values.subList(0, own)),
                                new ArrayList<>(values.subList(own, values.size())))));
        List<Placed<T>> rows = cut(found, size);
        if (position.scrollsBackward()) {
            Collections.reverse(rows);
        }
        IntFunction<ScrollPosition> positions =
                index -> keyset.at(rows.get(index).place());
        return Window.from(rows.stream().map(Placed::row).toList(), positions, found.size() > size);
    }

    // To see whether there are more.
    private static int oneMore(int size) {
        return size == Integer.MAX_VALUE ? size : size + 1;
    }

    private static <E> List<E> cut(List<E> rows, int size) {
        return new ArrayList<>(rows.subList(0, Math.min(size, rows.size())));
    }
}
