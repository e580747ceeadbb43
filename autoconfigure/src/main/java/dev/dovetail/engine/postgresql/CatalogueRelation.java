package dev.dovetail.engine.postgresql;

import java.util.ArrayList;
import java.util.List;

/** A table, a view or what else has rows, and the ways that lead on from it to others. */
final class CatalogueRelation {

    /** A way to another relation: view, rule, family (inheritance and partitions, both ways) or key (what refers to it). */
    record Edge(String kind, CatalogueRelation target) {}

    /** What runs when rows change, or when a function is called. */
    record Body(String language, String source) {}

    private final long number;
    private final List<Edge> edges = new ArrayList<>();
    private final List<Body> triggers = new ArrayList<>();
    private String name = "";
    // Kind, persistence, policies, owner. Of what is gone by now nothing is known.
    private String detail = "?---";

    CatalogueRelation(long number) {
        this.number = number;
    }

    void describe(String described, String details) {
        name = described;
        detail = details;
    }

    void addEdge(String kind, CatalogueRelation target) {
        Edge edge = new Edge(kind, target);
        if (!edges.contains(edge)) {
            edges.add(edge);
        }
    }

    void addTrigger(Body trigger) {
        if (!triggers.contains(trigger)) {
            triggers.add(trigger);
        }
    }

    long number() {
        return number;
    }

    /** Its name behind that of its schema. */
    String name() {
        return name;
    }

    /** Its name alone. */
    String ownName() {
        return name.substring(name.indexOf('.') + 1);
    }

    List<Edge> edges() {
        return edges;
    }

    List<Body> triggers() {
        return triggers;
    }

    boolean isOfKind(char kind) {
        return detail.charAt(0) == kind;
    }

    /** Whether it has rows of its own that everybody sees. */
    boolean isTable() {
        return (isOfKind('r') || isOfKind('p') || isOfKind('m') || isOfKind('f')) && !isTemporary() && !isOfServer();
    }

    boolean isTemporary() {
        return detail.charAt(1) == 't';
    }

    boolean isOfServer() {
        return detail.charAt(3) != '-';
    }

    /** Whether it is found only by those who name its schema, {@code information_schema}. */
    boolean isOfInformationSchema() {
        return detail.charAt(3) == 'i';
    }

    /** Whether as long as no table changes everybody finds the same in it. */
    boolean isRepeatable() {
        boolean filtered = detail.charAt(2) == 'p';
        return (isTable() || isOfKind('v')) && !isOfKind('f') && !isTemporary() && !isOfServer() && !filtered;
    }
}
