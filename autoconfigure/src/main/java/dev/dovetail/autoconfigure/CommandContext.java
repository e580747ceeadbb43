package dev.dovetail.autoconfigure;

import dev.dovetail.Database;
import dev.dovetail.command.Command;
import dev.dovetail.command.StatusCommand;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What commands need, and nothing of the application but its configuration. The database is opened when a command asks for
 * it.
 */
final class CommandContext implements AutoCloseable {

    private final ConfigurableEnvironment environment;
    private @Nullable AnnotationConfigApplicationContext opened;

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
    static class Minimal {}

    List<Command> commands() {
        return List.of(new StatusCommand(this::subject));
    }

    private <T> T bean(Class<T> type) {
        return open().getBean(type);
    }

    private AnnotationConfigApplicationContext open() {
        AnnotationConfigApplicationContext context = opened;
        if (context == null) {
            context = new AnnotationConfigApplicationContext();
            opened = context;
            context.setEnvironment(environment);
            context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
            context.register(Minimal.class);
            context.refresh();
        }
        return context;
    }

    private StatusCommand.Subject subject() {
        return new StatusCommand.Subject() {
            @Override
            public DatabaseInfo info() {
                return bean(Database.class).info();
            }

            @Override
            public Optional<DatabaseFiles> files() {
                EngineConnections connections =
                        open().getBeanProvider(EngineConnections.class).getIfUnique();
                return Optional.ofNullable(connections == null ? null : connections.files());
            }

            @Override
            public List<TableInfo> tables() {
                return bean(SchemaCatalog.class).current().tables();
            }
        };
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
