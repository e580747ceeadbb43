package dev.dovetail.faults;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Another process that executes what it is told, line by line, on a SQLite file, with nothing of this layer. */
final class ForeignWriter {

    private ForeignWriter() {}

    public static void main(String[] arguments) throws Exception {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            System.out.println("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                statement.execute(line);
                System.out.println("done");
            }
        }
    }
}
