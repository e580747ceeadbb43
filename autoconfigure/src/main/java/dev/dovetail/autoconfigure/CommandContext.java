package dev.dovetail.autoconfigure;

import dev.dovetail.Database;
import dev.dovetail.backup.Backups;
import dev.dovetail.command.BackupCommand;
import dev.dovetail.command.Command;
import dev.dovetail.command.CommandFailedException;
import dev.dovetail.command.OptimizeCommand;
import dev.dovetail.command.RestoreCommand;
import dev.dovetail.command.StatusCommand;
import dev.dovetail.command.VerifyCommand;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What commands need, and nothing of the application but its configuration. The database is opened when a command asks for
 * it, and only by those that work on its contents.
 */
final class CommandContext implements AutoCloseable {

    private final ConfigurableEnvironment environment;
    private final Deque<AnnotationConfigApplicationContext> opened = new ArrayDeque<>();

    CommandContext(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** The data source and what stands on it. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class,
        DovetailDataSourceAutoConfiguration.class
    })
    static class WithDatabase {}

    List<Command> commands() {
        return List.of(
                new StatusCommand(this::subject),
                new OptimizeCommand(
                        options -> existing().getBean(Database.class).optimize(options)),
                new BackupCommand(() -> {
                    AnnotationConfigApplicationContext context = open(OfflineBackups.class);
                    requireDatabase(context.getBean(EngineConnections.class));
                    return context.getBean(Backups.class);
                }),
                new VerifyCommand(() -> open(OfflineBackups.class).getBean(Backups.class)),
                new RestoreCommand(() -> open(OfflineBackups.class).getBean(Backups.class)));
    }

    private AnnotationConfigApplicationContext existing() {
        requireDatabase(open(OfflineBackups.class).getBean(EngineConnections.class));
        return open(WithDatabase.class);
    }

    // A path that is mistyped must not become a new database that is well.
    private static void requireDatabase(EngineConnections connections) {
        DatabaseFiles files = connections.files();
        if (files != null && files.size() == 0 && files.writeAheadLogSize() == 0) {
            throw new CommandFailedException("There is no database in " + files.path()
                    + ". Check dovetail.sqlite.path, and the directory in which the command was started.");
        }
    }

    private AnnotationConfigApplicationContext open(Class<?> configuration) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        opened.push(context);
        // What is done by itself is the application's affair.
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "dovetail command at rest",
                        Map.of("dovetail.optimizer.enabled", "false", "dovetail.backup.enabled", "false")));
        context.setEnvironment(environment);
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.register(configuration);
        context.refresh();
        return context;
    }

    private StatusCommand.Subject subject() {
        AnnotationConfigApplicationContext context = existing();
        return new StatusCommand.Subject() {
            @Override
            public DatabaseInfo info() {
                return context.getBean(Database.class).info();
            }

            @Override
            public Optional<DatabaseFiles> files() {
                EngineConnections connections =
                        context.getBeanProvider(EngineConnections.class).getIfUnique();
                return Optional.ofNullable(connections == null ? null : connections.files());
            }

            @Override
            public List<TableInfo> tables() {
                return context.getBean(SchemaCatalog.class).current().tables();
            }
        };
    }

    @Override
    public void close() {
        opened.forEach(AnnotationConfigApplicationContext::close);
    }
}
