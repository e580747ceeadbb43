package dev.dovetail.benchmarks.startup;

/** What is started. */
enum Application {
    PLAIN("plain Spring Data JDBC, PostgreSQL", "dev.dovetail.benchmarks.startup.plain.PlainApplication"),
    SAMPLE_POSTGRESQL("sample on Dovetail, PostgreSQL", "dev.dovetail.sample.BadgesApplication"),
    SAMPLE_SQLITE("sample on Dovetail, SQLite", "dev.dovetail.sample.BadgesApplication");

    private final String title;
    private final String main;

    Application(String title, String main) {
        this.title = title;
        this.main = main;
    }

    String title() {
        return title;
    }

    /** Name of its main class. */
    String main() {
        return main;
    }
}
