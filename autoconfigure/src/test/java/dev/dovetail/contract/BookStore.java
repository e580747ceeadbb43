package dev.dovetail.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code book} as one library uses it. */
interface BookStore {

    void save(int id, @Nullable String title);

    List<String> titles();
}
