package dev.dovetail.benchmarks.fork;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of a command, {@code --name=value}. */
public final class Options {

    private final Map<String, String> values = new HashMap<>();

    /**
     * Reads them.
     *
     * @param known the names there are
     * @throws IllegalArgumentException if there is another one
     */
    public Options(String[] arguments, Set<String> known) {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !parts[0].startsWith("--") || !known.contains(parts[0].substring(2))) {
                throw new IllegalArgumentException(
                        "Not an option: " + argument + ". There are --" + String.join("=…, --", known) + "=…");
            }
            values.put(parts[0].substring(2), parts[1]);
        }
    }

    public int number(String name, int otherwise) {
        return values.containsKey(name) ? Integer.parseInt(values.get(name)) : otherwise;
    }

    public List<String> list(String name, List<String> otherwise) {
        return values.containsKey(name) ? List.of(values.get(name).split(",")) : otherwise;
    }
}
