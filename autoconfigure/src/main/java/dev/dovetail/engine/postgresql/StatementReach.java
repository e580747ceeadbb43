package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.StatementTables.Effect;
import dev.dovetail.engine.postgresql.CatalogueRelation.Body;
import dev.dovetail.engine.postgresql.CatalogueRelation.Edge;
import dev.dovetail.engine.postgresql.StatementCatalogue.Function;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How far a statement reaches from the names in it: through views, rules, triggers, keys and families of tables. */
final class StatementReach {

    private static final Set<String> UNREADABLE_IN_BODY = Set.of("EXECUTE", "CREATE", "ALTER", "DROP", "IMPORT");

    private final StatementText text;
    private final StatementCatalogue catalogue;
    private final Set<CatalogueRelation> read = new LinkedHashSet<>();
    private final Set<CatalogueRelation> written = new LinkedHashSet<>();
    private final Set<String> bodies = new HashSet<>();
    private boolean anything;

    StatementReach(Connection connection, StatementText text) {
        this.text = text;
        this.catalogue = new StatementCatalogue(connection);
    }

    StatementTables find() throws SQLException {
        boolean writes = !text.targets().isEmpty();
        Set<CatalogueRelation> named = catalogue.ask(text, writes);
        named.removeIf(this::isMeantOnlyBySchema);
        readFrom(named);
        for (Set<String> target : text.targets()) {
            List<CatalogueRelation> meant = named.stream()
                    .filter(relation -> target.contains(relation.ownName()))
                    .toList();
            if (meant.isEmpty() || meant.stream().anyMatch(CatalogueRelation::isOfServer)) {
                return StatementTables.UNKNOWN;
            }
            if (addsOnlyTo(meant)) {
                written.addAll(meant);
            } else {
                writeFrom(meant);
            }
        }
        callFunctions();
        return anything ? StatementTables.UNKNOWN : result(named);
    }

    // Columns and tables of an application are often called as those of the standard's schema are.
    private boolean isMeantOnlyBySchema(CatalogueRelation relation) {
        return relation.isOfInformationSchema() && !text.names().contains("information_schema");
    }

    private void readFrom(Set<CatalogueRelation> named) {
        Deque<CatalogueRelation> open = new ArrayDeque<>(named);
        while (!open.isEmpty()) {
            CatalogueRelation relation = open.pop();
            if (read.add(relation) && !relation.isOfServer()) {
                relation.edges().stream()
                        .filter(edge -> !edge.kind().equals("key") && !isSourceOfCopy(relation, edge))
                        .forEach(edge -> open.push(edge.target()));
            }
        }
    }

    // A materialized view has rows of its own, made from others when it is refreshed.
    private static boolean isSourceOfCopy(CatalogueRelation relation, Edge edge) {
        return relation.isOfKind('m') && edge.kind().equals("view");
    }

    // Foreign keys do nothing to others when a row is new.
    private boolean addsOnlyTo(List<CatalogueRelation> meant) {
        return text.firstWord().equals("INSERT")
                && text.targets().size() == 1
                && !text.has("DO", "UPDATE")
                && meant.stream()
                        .allMatch(relation -> relation.triggers().isEmpty()
                                && relation.edges().stream()
                                        .allMatch(edge -> edge.kind().equals("key")));
    }

    private void writeFrom(Collection<CatalogueRelation> targets) throws SQLException {
        Deque<CatalogueRelation> open = new ArrayDeque<>(targets);
        while (!open.isEmpty()) {
            CatalogueRelation relation = open.pop();
            if (written.add(relation)) {
                relation.edges().stream()
                        .filter(edge -> !isSourceOfCopy(relation, edge))
                        .forEach(edge -> open.push(edge.target()));
                for (Body trigger : relation.triggers()) {
                    readBody(trigger).forEach(open::push);
                }
            }
        }
    }

    // What may write counts as writing every table anyway; but it may also change what all of this is worked out from,
    // by itself, or by what it calls or fires.
    private void callFunctions() throws SQLException {
        int before;
        do {
            before = bodies.size();
            for (Function function : List.copyOf(catalogue.functions())) {
                if (!function.builtIn() && function.volatility() == 'v' && mayBeCalled(function)) {
                    writeFrom(readBody(function.body()));
                }
            }
        } while (bodies.size() > before);
    }

    // Which of the tables that a body names it writes is not looked into.
    private Set<CatalogueRelation> readBody(Body body) throws SQLException {
        if (body.language().equals("built in") || !bodies.add(body.source())) {
            return Set.of();
        }
        StatementText words = StatementText.of(body.source());
        boolean known = body.language().equals("plpgsql")
                || (body.language().equals("sql") && !words.isEmpty() && !words.makesTable());
        if (!known
                || words.isDoubtful()
                || words.runsBlock()
                || UNREADABLE_IN_BODY.stream().anyMatch(words::has)) {
            anything = true;
            return Set.of();
        }
        Set<CatalogueRelation> named = catalogue.ask(words, true);
        named.removeIf(CatalogueRelation::isOfServer);
        return named;
    }

    private StatementTables result(Set<CatalogueRelation> named) {
        CalledFunctions functions = functions();
        boolean repeatable = functions.areRepeatable()
                && !text.isOfOneSession()
                && !catalogue.isOfOneSession()
                && !Set.of("COPY", "DECLARE").contains(text.firstWord())
                && read.stream().allMatch(CatalogueRelation::isRepeatable)
                && isSameForAll(named);
        return new StatementTables(
                names(read),
                names(written),
                functions.readAny(),
                functions.doAnything(),
                repeatable,
                functions.changeSchema(),
                functions.doAnything() ? Effect.ANY_ROWS : effect(named));
    }

    private CalledFunctions functions() {
        CalledFunctions functions = new CalledFunctions();
        for (Function function : catalogue.functions()) {
            if (!mayBeCalled(function)) {
                continue;
            }
            if (function.builtIn()) {
                functions.addBuiltIn(function.name(), function.volatility());
            } else {
                functions.addForeign(function.volatility());
            }
        }
        return functions;
    }

    private boolean mayBeCalled(Function function) {
        return switch (function.kind()) {
            case "function" ->
                function.relation() == 0
                        || written.stream().anyMatch(relation -> relation.number() == function.relation());
            case "rule function" ->
                text.firstWord().equals("REFRESH") || !catalogue.isMaterializedView(function.relation());
            default -> true;
        };
    }

    private static Set<String> names(Set<CatalogueRelation> relations) {
        Set<String> names = new TreeSet<>();
        relations.stream().filter(CatalogueRelation::isTable).forEach(relation -> names.add(relation.name()));
        return names;
    }

    // Which of two tables of the same name is meant is up to a session's search path.
    private static boolean isSameForAll(Set<CatalogueRelation> named) {
        Set<String> seen = new HashSet<>();
        return named.stream().allMatch(relation -> seen.add(relation.ownName()));
    }

    private Effect effect(Set<CatalogueRelation> named) {
        boolean one = text.targets().size() == 1
                && written.size() == 1
                && written.stream()
                        .allMatch(relation -> relation.isOfKind('r')
                                && relation.isTable()
                                && relation.triggers().isEmpty()
                                && (addsOnlyTo(List.of(relation))
                                        || relation.edges().isEmpty()));
        if (!one || !named.containsAll(written)) {
            return Effect.ANY_ROWS;
        }
        return switch (text.firstWord()) {
            case "UPDATE", "DELETE" -> Effect.NAMED_ROWS;
            case "INSERT" -> text.has("DO", "UPDATE") ? Effect.ANY_ROWS : Effect.NEW_ROWS;
            default -> Effect.ANY_ROWS;
        };
    }
}
