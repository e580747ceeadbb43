package dev.dovetail.cache;

import java.io.Serial;
import java.util.Iterator;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;

/** A page from which nobody can remove anything, not even by its iterator. */
final class FrozenPage<T> extends PageImpl<T> {

    @Serial
    private static final long serialVersionUID = 1L;

    FrozenPage(List<T> content, Page<?> page) {
        super(content, page.getPageable(), page.getTotalElements());
    }

    @Override
    public Iterator<T> iterator() {
        return getContent().iterator();
    }
}
