package dev.dovetail.engine;

import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.engine.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Indexes in whose place another one can be used. */
public final class RedundantIndexes {

    private RedundantIndexes() {}

    /**
     * Those of these that are not needed, one after the other: of two that are alike one remains.
     *
     * @param drop the statement that drops the index of this name
     */
    public static List<Finding> among(List<IndexShape> indexes, UnaryOperator<String> drop) {
        List<IndexShape> left = new ArrayList<>(indexes);
        List<Finding> findings = new ArrayList<>();
        // Of two that are alike the one that enforces nothing goes first, then the one with the later name.
        List<IndexShape> order = indexes.stream()
                .sorted(Comparator.comparing(IndexShape::unique)
                        .thenComparing(Comparator.comparing(IndexShape::name).reversed()))
                .toList();
        for (IndexShape each : order) {
            Optional<IndexShape> other = left.stream()
                    .filter(candidate -> !candidate.equals(each) && each.isReplacedBy(candidate))
                    .max(Comparator.comparingInt(candidate -> candidate.parts().size()));
            if (other.isPresent()) {
                left.remove(each);
                findings.add(finding(each, other.get(), drop));
            }
        }
        findings.sort(Comparator.comparing(Finding::subject));
        return findings;
    }

    private static Finding finding(IndexShape index, IndexShape other, UnaryOperator<String> drop) {
        String how = index.parts().equals(other.parts()) ? "is over the same columns" : "begins with the same columns";
        return new Finding(
                Kind.REDUNDANT_INDEX,
                Severity.LOW,
                index.name(),
                "Index %s of table %s is not needed: %s %s. Every write pays for both."
                        .formatted(index.name(), index.table(), other.name(), how),
                drop.apply(index.name()));
    }
}
