package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.peer.Peer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who is measured at what.
 *
 * @param engines ids of engines
 */
record Selection(List<Peer> peers, List<Work> work, List<String> engines) {

    private static final List<String> SQLITE = List.of("sqlite");
    private static final List<String> POSTGRESQL = List.of("postgresql");
    private static final List<String> BOTH = List.of("sqlite", "postgresql");

    /** Everything the report tells. */
    static final List<Selection> COMPLETE = List.of(
            new Selection(
                    List.of(Peer.JDBC, Peer.DOVETAIL, Peer.JDBC_CLIENT, Peer.SPRING_DATA_JDBC, Peer.JPA, Peer.JOOQ),
                    List.of(Work.values()),
                    BOTH),
            new Selection(List.of(Peer.JDBC_HELD), List.of(Work.BY_ID, Work.BY_EMAIL, Work.ALL), SQLITE),
            new Selection(
                    List.of(
                            Peer.DOVETAIL_ACTUATOR,
                            Peer.DOVETAIL_NO_TRANSACTIONS,
                            Peer.DOVETAIL_TRANSACTION,
                            Peer.SPRING_DATA_JDBC_NO_TRANSACTIONS),
                    List.of(Work.BY_ID),
                    SQLITE),
            new Selection(List.of(Peer.JDBC_NO_KEYS), List.of(Work.SAVE_ALL), POSTGRESQL));

    /** The part of this whose work some of the patterns find; all of it without patterns. */
    Selection matching(List<String> patterns) {
        return new Selection(
                peers,
                work.stream()
                        .filter(each -> patterns.isEmpty()
                                || patterns.stream()
                                        .anyMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                                                .matcher(each.benchmark())
                                                .find()))
                        .toList(),
                engines);
    }

    /** As parameters of JMH. */
    String[] peerIds() {
        return peers.stream().map(Peer::id).toArray(String[]::new);
    }
}
