package dev.dovetail.benchmarks.jmh;

/** The pieces of work, in the order of the tables. */
public enum Work {
    BY_ID("ReadBenchmark.byId", "by id"),
    BY_EMAIL("ReadBenchmark.byEmail", "by unique column"),
    ALL("ReadBenchmark.all", "all 10,000 rows"),
    INSERT("WriteBenchmark.insert", "insert"),
    UPDATE("WriteBenchmark.update", "update"),
    SAVE_ALL("WriteBenchmark.saveAll", "saveAll of 1,000"),
    READ_MODIFY_WRITE("WriteBenchmark.readModifyWrite", "read, modify and write in a transaction"),
    PAGE_BY_KEYSET("PageBenchmark.pageByKeyset", "page of 20 of 100,000 by keyset"),
    PAGE_BY_OFFSET("PageBenchmark.pageByOffset", "page of 20 of 100,000 by offset");

    private final String benchmark;
    private final String title;

    Work(String benchmark, String title) {
        this.benchmark = benchmark;
        this.title = title;
    }

    /** The class and method that does it. */
    public String benchmark() {
        return benchmark;
    }

    /** As people read it. */
    public String title() {
        return title;
    }

    /** The work of a benchmark by its full name. */
    public static Work of(String fullName) {
        for (Work work : values()) {
            if (fullName.endsWith("." + work.benchmark)) {
                return work;
            }
        }
        throw new IllegalArgumentException("No such benchmark: " + fullName);
    }
}
