package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.sqlite.SqliteToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a CREATE TABLE says that no pragma does.
 *
 * @param typeComments by column: the comments that stand directly behind its type
 * @param foreignKeyNames of each foreign key in the order of their declaration, null for one without
 * @param collations by column, of those that say one; in capital letters
 */
record SqliteTableText(
        Map<String, List<String>> typeComments,
        List<@Nullable String> foreignKeyNames,
        Map<String, String> collations) {

    private static final Set<String> TABLE_CONSTRAINTS = Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN");
    private static final Set<String> AFTER_TYPE = Set.of(
            "CONSTRAINT",
            "PRIMARY",
            "NOT",
            "NULL",
            "UNIQUE",
            "CHECK",
            "DEFAULT",
            "COLLATE",
            "REFERENCES",
            "GENERATED",
            "AS");

    static SqliteTableText of(String sql) {
        Map<String, List<String>> comments = new LinkedHashMap<>();
        List<@Nullable String> names = new ArrayList<>();
        Map<String, String> collations = new LinkedHashMap<>();
        List<List<SqliteToken>> definitions = SqliteToken.of(sql).stream()
                .filter(token -> token.kind() == Kind.GROUP)
                .findFirst()
                .map(SqliteToken::items)
                .orElse(List.of());
        for (List<SqliteToken> definition : definitions) {
            List<SqliteToken> tokens = SqliteToken.withoutComments(definition);
            addComments(definition, comments);
            addForeignKeys(tokens, names);
            addCollation(tokens, collations);
        }
        return new SqliteTableText(comments, names, collations);
    }

    private static void addComments(List<SqliteToken> definition, Map<String, List<String>> comments) {
        List<SqliteToken> tokens = definition.stream()
                .dropWhile(token -> token.kind() == Kind.COMMENT)
                .toList();
        if (tokens.isEmpty() || isOneOf(TABLE_CONSTRAINTS, tokens.get(0))) {
            return;
        }
        List<String> found = tokens.stream()
                .skip(1)
                .takeWhile(token -> token.kind() != Kind.SYMBOL && !isOneOf(AFTER_TYPE, token))
                .filter(token -> token.kind() == Kind.COMMENT)
                .map(token -> token.text().strip())
                .toList();
        comments.put(tokens.get(0).text(), found);
    }

    // Of several the last one holds.
    private static void addCollation(List<SqliteToken> tokens, Map<String, String> collations) {
        if (tokens.isEmpty() || isOneOf(TABLE_CONSTRAINTS, tokens.get(0))) {
            return;
        }
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("COLLATE")) {
                collations.put(tokens.get(0).text(), tokens.get(i + 1).text().toUpperCase(Locale.ROOT));
            }
        }
    }

    private static boolean isOneOf(Set<String> keywords, SqliteToken token) {
        return token.kind() == Kind.WORD && keywords.stream().anyMatch(token::is);
    }

    private static void addForeignKeys(List<SqliteToken> tokens, List<@Nullable String> names) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("REFERENCES")) {
                boolean ofTable = i >= 3 && tokens.get(i - 3).is("FOREIGN");
                names.add(nameBefore(tokens, ofTable ? i - 3 : i));
            }
        }
    }

    private static @Nullable String nameBefore(List<SqliteToken> tokens, int position) {
        return position >= 2 && tokens.get(position - 2).is("CONSTRAINT")
                ? tokens.get(position - 1).text()
                : null;
    }

    /** By which the values of a column are compared, in capital letters. */
    String collation(String column) {
        return collations.getOrDefault(column, "BINARY");
    }

    /** The name of a foreign key by its number in {@code PRAGMA foreign_key_list}, which counts from the last one. */
    @Nullable
    String foreignKeyName(int id, int count) {
        return foreignKeyNames.size() == count && id < count ? foreignKeyNames.get(count - 1 - id) : null;
    }
}
