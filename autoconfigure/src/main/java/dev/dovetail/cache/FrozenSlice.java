package dev.dovetail.cache;

import java.io.Serial;
import java.util.Iterator;
import java.util.List;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;

/** A slice from which nobody can remove anything, not even by its iterator. */
final class FrozenSlice<T> extends SliceImpl<T> {

    @Serial
    private static final long serialVersionUID = 1L;

    FrozenSlice(List<T> content, Slice<?> slice) {
        super(content, slice.getPageable(), slice.hasNext());
    }

    @Override
    public Iterator<T> iterator() {
        return getContent().iterator();
    }
}
