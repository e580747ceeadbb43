package dev.dovetail.autoconfigure;

import dev.dovetail.coordination.ScheduledWork;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done at its time. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    ScheduledTasks dovetailScheduledTasks(ObjectProvider<ScheduledWork> works, ObjectProvider<Clock> clock) {
        return new ScheduledTasks(works.orderedStream().toList(), clock.getIfUnique(Clock::systemUTC));
    }
}
