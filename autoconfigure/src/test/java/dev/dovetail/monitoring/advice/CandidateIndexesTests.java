package dev.dovetail.monitoring.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which indexes are worth a trial beside those that exist. */
class CandidateIndexesTests {

    private static final IndexPart UP = new IndexPart(Finds.ALL, false);
    private static final IndexPart DOWN = new IndexPart(Finds.ALL, true);

    private static IndexInfo index(List<String> columns, IndexPart... parts) {
        return new IndexInfo("there", columns, false, null, List.of(parts));
    }

    private static ColumnInfo column(String name, boolean identity) {
        return new ColumnInfo(name, ColumnType.of(Kind.TEXT, "text"), false, null, false, identity);
    }

    private static List<String> candidates(String statement, IndexInfo... existing) {
        List<ColumnInfo> columns =
                List.of(column("id", true), column("email", false), column("sex", false), column("lower(sex)", false));
        TableInfo person = new TableInfo(null, "person", false, columns, List.of("id"), List.of(), List.of(existing));
        return CandidateIndexes.of(new ReadStatement(statement, new Schema(List.of(person)))).all().stream()
                .map(IndexCandidate::toString)
                .toList();
    }

    @Test
    void oneColumnIsReadFromEitherEnd() {
        IndexInfo downwards = index(List.of("email"), DOWN);

        assertThat(candidates("SELECT * FROM person WHERE email = ?", downwards))
                .isEmpty();
        assertThat(candidates("SELECT * FROM person WHERE email > ?", downwards))
                .isEmpty();
        assertThat(candidates("SELECT * FROM person ORDER BY email", downwards)).isEmpty();
        assertThat(candidates("SELECT * FROM person ORDER BY email DESC", downwards))
                .isEmpty();
    }

    @Test
    void severalColumnsAreReadFromEitherEndTogether() {
        String inOrder = "SELECT * FROM person ORDER BY sex, email";
        List<String> both = List.of("sex", "email");

        assertThat(candidates(inOrder, index(both, UP, UP))).isEmpty();
        assertThat(candidates(inOrder, index(both, DOWN, DOWN))).isEmpty();
        assertThat(candidates(inOrder, index(both, DOWN, UP))).containsExactly("person(sex, email)");
        assertThat(candidates("SELECT * FROM person ORDER BY sex, email DESC", index(both, DOWN, UP)))
                .isEmpty();
        assertThat(candidates("SELECT * FROM person ORDER BY sex, email DESC", index(both, UP, UP)))
                .containsExactly("person(sex, email DESC)");
    }

    @Test
    void whereNothingIsSortedByAColumnItsDirectionDoesNotMatter() {
        IndexInfo mixed = index(List.of("sex", "email"), DOWN, UP);

        assertThat(candidates("SELECT * FROM person WHERE sex = ? AND email > ?", mixed))
                .containsExactly("person(email)");
        assertThat(candidates("SELECT * FROM person WHERE sex = ? ORDER BY email DESC", mixed))
                .containsExactly("person(email)");
    }

    @Test
    void whatComparesOtherwiseOrHoldsNotAllRowsIsNone() {
        String equal = "SELECT * FROM person WHERE email = ?";
        List<String> email = List.of("email");

        assertThat(candidates(equal, index(email, new IndexPart(Finds.NONE, false))))
                .containsExactly("person(email)");
        assertThat(candidates(equal, index(email, new IndexPart(Finds.REFERRING, false))))
                .containsExactly("person(email)");
        assertThat(candidates(equal, new IndexInfo("there", email, false, "sex = 'f'")))
                .containsExactly("person(email)");
        assertThat(candidates(equal, new IndexInfo("there", email, true, null))).isEmpty();
    }

    @Test
    void onlyTheBeginningOfALongerOneCounts() {
        IndexInfo longer = index(List.of("email", "sex"), UP, new IndexPart(Finds.NONE, false));

        assertThat(candidates("SELECT * FROM person WHERE email = ?", longer)).isEmpty();
        assertThat(candidates("SELECT * FROM person WHERE email = ? AND sex = ?", longer))
                .containsExactly("person(sex)", "person(email, sex)");
    }

    @Test
    void anExpressionIsNoColumnOfThatName() {
        IndexInfo computed = index(List.of("lower(sex)"), new IndexPart(Finds.NONE, false));

        assertThat(candidates("SELECT * FROM person WHERE \"lower(sex)\" = ?", computed))
                .containsExactly("person(lower(sex))");
    }

    @Test
    void theNumberOfTheRowNeedsNoIndex() {
        assertThat(candidates("SELECT * FROM person WHERE id = ?")).isEmpty();
        assertThat(candidates("SELECT * FROM person WHERE id > ? ORDER BY id DESC"))
                .isEmpty();
    }
}
