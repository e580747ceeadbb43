package dev.dovetail.contract.chinook;

import dev.dovetail.contract.TestEngine;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PostgreSQL's names in the engine's spelling: {@code album_id} is {@code AlbumId} on SQLite. */
final class Spelling {

    private Spelling() {}

    /** A text in which everything in small letters is a name. */
    static String in(TestEngine engine, String text) {
        return Stream.of(text.split("(?<=\\W)|(?=\\W)"))
                .map(word -> word.matches("[a-z_]+") ? of(engine, word) : word)
                .collect(Collectors.joining());
    }

    /** Names, between which there may be commas and blanks. */
    static String of(TestEngine engine, String names) {
        if (engine == TestEngine.POSTGRESQL) {
            return names;
        }
        StringBuilder camel = new StringBuilder();
        boolean begins = true;
        for (int i = 0; i < names.length(); i++) {
            char c = names.charAt(i);
            if (c != '_') {
                camel.append(begins ? Character.toUpperCase(c) : c);
            }
            begins = c == '_' || c == ' ' || c == '.';
        }
        return camel.toString();
    }
}
