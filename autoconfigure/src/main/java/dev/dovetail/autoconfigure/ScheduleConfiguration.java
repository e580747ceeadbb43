package dev.dovetail.autoconfigure;

import dev.dovetail.coordination.ScheduledWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done at its time. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    ScheduledTasks dovetailScheduledTasks(ObjectProvider<ScheduledWork> works) {
        return new ScheduledTasks(works.orderedStream().toList());
    }
}
