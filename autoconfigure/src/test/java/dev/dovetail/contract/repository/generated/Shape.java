package dev.dovetail.contract.repository.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a generated entity looks like.
 *
 * @param style how its class is written
 * @param id what its id is
 * @param version the type of its version, as it is written in source code; empty without one
 * @param strict whether the table holds only what it says
 * @param members its properties
 * @param groups what is embedded in it
 */
record Shape(Style style, Id id, String version, boolean strict, List<Member> members, List<Group> groups) {

    /** How a class holds its properties. */
    enum Style {
        RECORD,
        FIELDS,
        SETTERS,
        WITHERS,
        FACTORY,
        MIXED
    }

    /** Whether a property is written. */
    enum Restriction {
        NONE(""),
        READ_ONLY("@ReadOnlyProperty "),
        INSERT_ONLY("@InsertOnlyProperty ");

        private final String annotation;

        Restriction(String annotation) {
            this.annotation = annotation;
        }

        String annotation() {
            return annotation;
        }
    }

    /** The id of an entity: given by the database or by the application. */
    enum Id {
        LONG("Long", "${identity}"),
        LONG_PRIMITIVE("long", "${identity}"),
        INT("Integer", "${identity}"),
        INT_PRIMITIVE("int", "${identity}"),
        UNIQUE("java.util.UUID", "${uuid} PRIMARY KEY"),
        TEXT("String", "${text} PRIMARY KEY"),
        CODE("Parts.Code", "${text} PRIMARY KEY");

        private final String type;
        private final String column;

        Id(String type, String column) {
            this.type = type;
            this.column = column;
        }

        String type() {
            return type;
        }

        String column() {
            return column;
        }

        /** What a new row has. */
        @Nullable
        Object next(Random random) {
            return switch (this) {
                case LONG, INT -> null;
                case LONG_PRIMITIVE -> 0L;
                case INT_PRIMITIVE -> 0;
                case UNIQUE -> Component.UNIQUE.value(random);
                case TEXT -> Component.UNIQUE.value(random).toString();
                case CODE -> new Parts.Code(Component.UNIQUE.value(random).toString());
            };
        }
    }

    /**
     * A property that is stored in one column.
     *
     * @param word the type of the column, as portable migrations call it
     */
    record Member(Component component, Restriction restriction, String word) {

        @Nullable
        Object value(Random random) {
            return component.isPrimitive() || random.nextInt(5) > 0 ? component.value(random) : null;
        }
    }

    /**
     * Something embedded.
     *
     * @param style how its class is written
     * @param always whether it is there also where all its columns are NULL
     * @param prefix of its columns
     * @param groups what is embedded in it in turn
     */
    record Group(Style style, boolean always, boolean prefix, List<Member> members, List<Group> groups) {

        Object @Nullable [] values(Random random) {
            return random.nextInt(4) == 0 ? null : Shape.values(random, 0, members, groups);
        }
    }

    /** The same with a column of another type for one of its properties. */
    Shape withWord(int place, String word) {
        List<Member> others = new ArrayList<>(members);
        others.set(
                place,
                new Member(members.get(place).component(), members.get(place).restriction(), word));
        return new Shape(style, id, version, strict, others, groups);
    }

    /** Whether its rows are read and written directly, since no part of it is a collection. */
    boolean isOneRow() {
        return areOneRow(members, groups);
    }

    private static boolean areOneRow(List<Member> members, List<Group> groups) {
        return members.stream().noneMatch(member -> member.component() == Component.WORDS)
                && groups.stream().allMatch(group -> areOneRow(group.members(), group.groups()));
    }

    /** Puts the version where {@link #values} have it, if there is one. */
    void setVersion(Object[] values, @Nullable Object current) {
        if (current != null) {
            values[1] = current;
        }
    }

    /** What an instance is made of, whose id and version come first. */
    Object[] values(Random random) {
        Object[] values = values(random, version.isEmpty() ? 1 : 2, members, groups);
        values[0] = id.next(random);
        if (!version.isEmpty()) {
            values[1] = version.endsWith("ong") ? (Object) 0L : (Object) 0;
        }
        return values;
    }

    private static Object[] values(Random random, int first, List<Member> members, List<Group> groups) {
        Object[] values = new Object[first + members.size() + groups.size()];
        int next = first;
        for (Member member : members) {
            values[next++] = member.value(random);
        }
        for (Group group : groups) {
            values[next++] = group.values(random);
        }
        return values;
    }
}
