package dev.dovetail.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.sql.SqlPieces.Reader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random statements, each written by the rules of one of its readers, with a marker in every value and every comment, and with
 * whatever means something to another reader in values, comments and names.
 */
class HostileFingerprintTests {

    private static final String MARKER = "secret";
    private static final String NUMBER = "4711";

    @ParameterizedTest
    @EnumSource
    void noStatementShowsAValue(Reader reader) {
        Random random = new Random(20261128);
        for (int i = 0; i < 50_000; i++) {
            String whole = new Writer(random, reader).statement();
            String sql = random.nextInt(4) == 0 ? whole.substring(0, random.nextInt(whole.length())) : whole;
            assertThat(SqlFingerprint.of(sql)).as("of: %s", sql).doesNotContain(MARKER, NUMBER);
        }
    }

    /** Writes statements that make no sense, but are cut as it means them. */
    private static final class Writer {

        private static final List<String> HOSTILE = List.of(
                "'", "\"", "`", "[", "]", "$", "$$", "$x$", "/*", "*/", "--", "\n", "\r", "\\", "e", "E", "x", "?", "(",
                ")", ",", ";", ":", "@", "#", " ", "a", "1", "é", "\u2003", "\uFEFF");
        private static final List<String> WORDS = List.of(
                "SELECT",
                "VALUES",
                "IN",
                "BETWEEN",
                "t.b",
                "a$x$",
                "é$x$",
                "_$$",
                "a\u2003$x$",
                "e",
                "x",
                "?",
                "PRAGMA");
        private static final List<String> VARIABLES =
                List.of("$a", "$x$", ":a", "@a", "#a", "$a(it's)", ":a([\")", "#a::b('$x$)", "@a::(`)", "?1");
        private static final List<String> SIGNS = List.of("(", ")", ",", "=", "+", "*", "<", "|", ";", "{", "]");
        private static final List<String> FURTHER_SIGNS = List.of("@", "#", "`", "[", ":", "$1 ", "@ `");
        private static final List<String> TAGS = List.of("$$", "$x$", "$a1$", "$é$");
        private static final List<String> NUMBERS =
                List.of(NUMBER, "0x" + NUMBER, NUMBER + ".5e-3", "." + NUMBER, NUMBER + "e5", "x'" + NUMBER + "'");
        private static final List<String> LINES = List.of("\n", " \r\n\t", " -- it's\n", "\n--\"\r ");

        private final Random random;
        private final Reader reader;

        Writer(Random random, Reader reader) {
            this.random = random;
            this.reader = reader;
        }

        // Only a sign has a value right behind it, and no text comes right behind another one, which it may continue.
        String statement() {
            StringBuilder statement = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                statement.append(random.nextBoolean() ? name() : sign() + value());
                statement.append(separator());
            }
            return statement.toString();
        }

        private String sign() {
            boolean further = reader != Reader.SQLITE && random.nextBoolean();
            return any(further ? FURTHER_SIGNS : SIGNS) + (random.nextBoolean() ? separator() : "");
        }

        private String separator() {
            return switch (random.nextInt(6)) {
                case 0 -> "\n";
                case 1 -> reader == Reader.SQLITE ? comment() : nestedComment();
                case 2 -> reader == Reader.SQLITE ? lineOfSqlite() : line();
                default -> " ";
            };
        }

        private String comment() {
            String comment = "/*" + content() + "*/";
            return comment.indexOf("*/", 2) == comment.length() - 2 ? comment : "/* /* ' " + MARKER + "*/";
        }

        private String nestedComment() {
            String outer = content().replaceAll("[*/]", "");
            String inner = content().replaceAll("[*/]", "");
            return random.nextBoolean() ? "/*" + outer + "*/" : "/*" + outer + "/*" + inner + "*/" + outer + "*/";
        }

        private String line() {
            return "--" + content().replace("\n", "").replace("\r", "") + (random.nextBoolean() ? "\n" : "\r");
        }

        private String lineOfSqlite() {
            return "--" + content().replace("\n", "") + "\n";
        }

        private String name() {
            return switch (random.nextInt(reader == Reader.SQLITE ? 6 : 3)) {
                case 0 -> '"' + hostile().replace("\"", "\"\"") + '"';
                case 3 -> '`' + hostile().replace("`", "``") + '`';
                case 4 -> '[' + hostile().replace("]", "") + ']';
                case 5 -> any(VARIABLES);
                default -> any(WORDS);
            };
        }

        private String value() {
            return switch (random.nextInt(5)) {
                case 0 -> any(NUMBERS);
                case 1, 2 -> text();
                case 3 -> reader == Reader.SQLITE ? "=\"" + content().replace("\"", "\"\"") + '"' : escaped();
                default -> reader == Reader.SQLITE ? text() : (random.nextBoolean() ? "$1" : "") + inDollars();
            };
        }

        private String text() {
            if (reader == Reader.ESCAPING_POSTGRESQL) {
                return any(List.of("", "n")) + escapedQuoted();
            }
            String prefix = reader == Reader.POSTGRESQL ? any(List.of("", "n", "U&")) : "";
            return prefix + '\'' + content().replace("'", "''") + '\'';
        }

        private String escaped() {
            String first = any(List.of("E", "e", "$1E")) + escapedQuoted();
            return random.nextBoolean() ? first : first + any(LINES) + escapedQuoted();
        }

        private String escapedQuoted() {
            return '\'' + content().replace("\\", "\\\\").replace("'", any(List.of("''", "\\'"))) + '\'';
        }

        private String inDollars() {
            String tag = any(TAGS);
            String content = content();
            return tag + ((content + tag).indexOf(tag) == content.length() ? content : MARKER) + tag;
        }

        private String content() {
            return hostile() + MARKER + hostile();
        }

        private String hostile() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(any(HOSTILE));
            }
            return text.toString();
        }

        private String any(List<String> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}
