package dev.dovetail.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What {@code spring.datasource.hikari.*} says, for whatever the engine leaves open of a pool. */
final class HikariProperties implements Consumer<HikariConfig> {

    private final Environment environment;

    HikariProperties(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void accept(HikariConfig config) {
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(config));
    }
}
