package dev.dovetail.contract;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What somebody sends who wants to break out of a name, a path or a value. */
public final class HostileTexts {

    /** One of each kind. */
    public static final List<String> CORES = List.of(
            "name; DROP TABLE victim",
            "name\"; DROP TABLE victim; --",
            "name' OR '1'='1",
            "\" OR 1=1 --",
            "' OR 1=1 --",
            "name) UNION SELECT * FROM victim --",
            "name/**/OR/**/1=1",
            "name -- ",
            "*",
            "count(*)",
            "victim.*",
            "victim\".\"name",
            "name\" = \"name",
            "1",
            "NULL",
            "rowid",
            "ctid",
            "oid",
            "sqlite_schema",
            "pg_catalog.pg_class",
            "(SELECT name FROM victim)",
            "name COLLATE NOCASE",
            "name DESC, id",
            "name,desc",
            "$$name$$",
            "E'\\047'",
            "{a,b}",
            "'{a}' #>> data",
            "$.name",
            "?",
            ":name",
            "#{name}",
            "${name}",
            "`name`",
            "[name]",
            "nаme",
            "ｎａｍｅ",
            "name\u200B",
            "\u202Ename",
            "name\0",
            "name\n",
            "\\",
            "%",
            "",
            " ",
            "\uD800",
            "😀".repeat(30));

    private static final List<String> AROUND = List.of("%s", "\"%s\"", "'%s'", "%s;", "x.%s", "%s\0", "victim.%s");

    private HostileTexts() {}

    /** More than 300. */
    public static Set<String> all() {
        Set<String> hostile = new LinkedHashSet<>();
        for (String around : AROUND) {
            CORES.forEach(core -> hostile.add(around.replace("%s", core)));
        }
        hostile.add("n".repeat(10_000));
        hostile.add("\"".repeat(10_000));
        hostile.add("a.".repeat(5_000));
        return hostile;
    }
}
