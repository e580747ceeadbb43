package dev.dovetail.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.peer.Peer;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

class JmhCommandTests {

    private static final String JMH = "dev.dovetail.benchmarks.jmh.";

    /** As JMH does: what one of the patterns finds that are included, and none of those that are excluded. */
    private static boolean isRun(Options options, String benchmark) {
        return finds(options.getIncludes(), benchmark) && !finds(options.getExcludes(), benchmark);
    }

    private static boolean finds(Collection<String> patterns, String benchmark) {
        return patterns.stream()
                .anyMatch(each -> Pattern.compile(each).matcher(benchmark).find());
    }

    @Test
    void onlyTheWorkOfTheSelectionIsRunWhateverElseThePatternsFind() throws Exception {
        CommandLineOptions given = new CommandLineOptions("byId", "insert");
        Selection selection = new Selection(List.of(Peer.JDBC), List.of(Work.BY_ID, Work.ALL), List.of("sqlite"))
                .matching(given.getIncludes());

        Options options = JmhCommand.options(given, selection);

        assertThat(isRun(options, JMH + "ReadBenchmark.byId")).isTrue();
        assertThat(isRun(options, JMH + "ReadBenchmark.all")).isFalse();
        assertThat(isRun(options, JMH + "WriteBenchmark.insert")).isFalse();
        assertThat(isRun(options, "dev.dovetail.benchmarks.cached.CachedReadBenchmark.byId"))
                .isFalse();
    }

    @Test
    void withoutPatternsAllOfTheSelectionIsRun() throws Exception {
        Selection selection = Selection.COMPLETE.get(0);

        Options options = JmhCommand.options(new CommandLineOptions(), selection);

        assertThat(selection.work()).allMatch(work -> isRun(options, JMH + work.benchmark()));
        assertThat(isRun(options, "dev.dovetail.benchmarks.cached.CachedReadBenchmark.byId"))
                .isFalse();
    }
}
