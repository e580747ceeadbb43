package dev.dovetail.contract.repository.generated;

import dev.dovetail.contract.repository.generated.Shape.Group;
import dev.dovetail.contract.repository.generated.Shape.Member;
import dev.dovetail.contract.repository.generated.Shape.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the source code of an entity and the statement that creates its table. */
final class EntitySource {

    static final String PACKAGE = "dev.dovetail.generated";

    private static final String IMPORTS = """
            package %s;

            import dev.dovetail.contract.repository.generated.Parts;
            import org.springframework.data.annotation.*;
            import org.springframework.data.jdbc.core.mapping.AggregateReference;
            import org.springframework.data.relational.core.mapping.*;

            """.formatted(PACKAGE);

    private final List<String> columns = new ArrayList<>();
    private final StringBuilder indexes = new StringBuilder();
    private final List<String> classes = new ArrayList<>();
    private final String name;
    private int members;

    private EntitySource(String name) {
        this.name = name;
    }

    /** A property, or an argument, as it is written. */
    private record Part(String annotations, String type, String name, String value, String initialiser) {

        String declaration() {
            return type + " " + name;
        }

        String wither() {
            return "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }

    /** The source and the table of an entity. */
    record Written(String name, String source, String table) {}

    static Written of(String name, Shape shape) {
        EntitySource source = new EntitySource(name);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("@Id ", shape.id().type(), "id", cast(shape.id().type(), 0), ""));
        source.columns.add("id " + shape.id().column());
        if (!shape.version().isEmpty()) {
            parts.add(new Part("@Version ", shape.version(), "version", cast(shape.version(), 1), ""));
            source.columns.add("version ${bigint}");
        }
        source.addParts(parts, "", shape.members(), shape.groups());
        String type =
                source.type(name, shape.style(), "@Table(\"%s\")".formatted(name.toLowerCase(Locale.ROOT)), parts);
        return new Written(
                name,
                IMPORTS + type + String.join("\n", source.classes),
                "CREATE TABLE %s (%s)%s"
                                .formatted(
                                        name.toLowerCase(Locale.ROOT),
                                        String.join(", ", source.columns),
                                        shape.strict() ? " ${strict}" : "")
                        + source.indexes);
    }

    private void addParts(List<Part> parts, String prefix, List<Member> simple, List<Group> groups) {
        for (Member member : simple) {
            String property = "c" + ++members;
            Component component = member.component();
            parts.add(new Part(
                    member.restriction().annotation(),
                    component.type(),
                    property,
                    cast(component.type(), parts.size()),
                    component.initialiser()));
            columns.add(prefix + property + " ${" + member.word() + "}");
            if (members % 2 == 0) {
                String table = name.toLowerCase(Locale.ROOT);
                indexes.append("; CREATE INDEX %1$s_%2$s ON %1$s (%2$s)".formatted(table, prefix + property));
            }
        }
        for (Group group : groups) {
            String property = "g" + ++members;
            String own = group.prefix() ? property + "_" : "";
            List<Part> inner = new ArrayList<>();
            String type = name + property;
            addParts(inner, prefix + own, group.members(), group.groups());
            classes.add(type(type, group.style(), "", inner));
            parts.add(new Part(
                    "@Embedded.%s(prefix = \"%s\") ".formatted(group.always() ? "Empty" : "Nullable", own),
                    type,
                    property,
                    type + ".of((Object[]) v[" + parts.size() + "])",
                    ""));
        }
    }

    private static String cast(String type, int index) {
        String boxed = switch (type) {
            case "long" -> "Long";
            case "int" -> "Integer";
            case "short" -> "Short";
            case "byte" -> "Byte";
            case "boolean" -> "Boolean";
            case "double" -> "Double";
            case "float" -> "Float";
            default -> type;
        };
        return "(" + boxed + ") v[" + index + "]";
    }

    private String type(String type, Style style, String annotations, List<Part> parts) {
        String body = switch (style) {
            case RECORD -> "";
            case FIELDS -> fields(parts, "");
            case SETTERS -> fields(parts, "private ") + setters(parts);
            case WITHERS -> withers(type, parts);
            case FACTORY -> factory(type, parts);
            case MIXED -> mixed(type, parts);
        };
        String head = style == Style.RECORD
                ? "record %s(%s)".formatted(type, joined(parts, part -> part.annotations() + part.declaration()))
                : "class " + type;
        return """
                %s
                %s {
                %s
                    @SuppressWarnings("unchecked")
                    static %s of(Object[] v) {
                        if (v == null) return null;
                %s
                    }
                }
                """.formatted(annotations, head, body, type, making(type, style, parts));
    }

    private static String making(String type, Style style, List<Part> parts) {
        if (style == Style.FIELDS || style == Style.SETTERS) {
            return "%s x = new %s();\n%s return x;"
                    .formatted(type, type, lines(parts, part -> "x." + part.name() + " = " + part.value() + ";"));
        }
        if (style == Style.MIXED) {
            return "%s x = new %s(%s);\n%s return x;"
                    .formatted(
                            type,
                            type,
                            joined(every(parts, 1), Part::value),
                            lines(every(parts, 0), part -> "x." + part.name() + " = " + part.value() + ";"));
        }
        return "return new %s(%s);".formatted(type, joined(parts, Part::value));
    }

    private static String fields(List<Part> parts, String modifiers) {
        return lines(parts, part -> part.annotations() + modifiers + part.declaration() + part.initialiser() + ";");
    }

    private static String setters(List<Part> parts) {
        return lines(parts, part -> {
            String bean = part.wither().substring(4);
            return "public %s get%s() { return %s; } public void set%s(%s value) { this.%s = value; }"
                    .formatted(part.type(), bean, part.name(), bean, part.type(), part.name());
        });
    }

    private static String withers(String type, List<Part> parts) {
        return lines(parts, part -> part.annotations() + "private final " + part.declaration() + ";")
                + constructor(type, parts)
                + "@PersistenceCreator %s() { this(%s); }\n".formatted(type, joined(parts, EntitySource::initial))
                + lines(
                        parts,
                        part -> "%s %s(%s) { return new %s(%s); }"
                                .formatted(type, part.wither(), part.declaration(), type, joined(parts, Part::name)));
    }

    private static String initial(Part part) {
        if (!part.initialiser().isEmpty()) {
            return part.initialiser().substring(3);
        }
        return switch (part.type()) {
            case "boolean" -> "false";
            case "long", "int", "short", "byte", "double", "float" -> "(" + part.type() + ") 0";
            default -> "(" + part.type() + ") null";
        };
    }

    private static String factory(String type, List<Part> parts) {
        return lines(
                        parts,
                        part -> part.annotations() + (isGiven(part) ? "" : "private final ") + part.declaration() + ";")
                + constructor(type, parts)
                + "@PersistenceCreator static %s make(%s) { return new %s(%s); }\n"
                        .formatted(type, joined(parts, Part::declaration), type, joined(parts, Part::name));
    }

    private static String mixed(String type, List<Part> parts) {
        List<Part> arguments = every(parts, 1);
        return fields(every(parts, 0), "")
                + lines(arguments, part -> part.annotations() + "final " + part.declaration() + ";")
                + constructor(type, arguments);
    }

    private static String constructor(String type, List<Part> parts) {
        return "%s(%s) { %s }\n"
                .formatted(
                        type,
                        joined(parts, Part::declaration),
                        lines(parts, part -> "this." + part.name() + " = " + part.name() + ";"));
    }

    // Whether it is set after the entity was made.
    private static boolean isGiven(Part part) {
        return part.name().equals("id") || part.name().equals("version");
    }

    private static List<Part> every(List<Part> parts, int from) {
        return IntStream.range(0, parts.size())
                .filter(index -> (index % 2 == 1 && !isGiven(parts.get(index))) == (from == 1))
                .mapToObj(parts::get)
                .toList();
    }

    private static String joined(List<Part> parts, Function<Part, String> written) {
        return parts.stream().map(written).collect(Collectors.joining(", "));
    }

    private static String lines(List<Part> parts, Function<Part, String> written) {
        return parts.stream().map(written).collect(Collectors.joining("\n", "", "\n"));
    }
}
