package dev.dovetail.autoconfigure;

import dev.dovetail.coordination.ScheduledWork;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.scheduling.config.TriggerTask;

/**
 * Does the layer's scheduled work on one thread of its own, and shows it at {@code /actuator/scheduledtasks}. The
 * application's scheduler stays the application's: a backup must not hold its tasks up, nor be switched on by
 * {@code @EnableScheduling}.
 */
final class ScheduledTasks implements ScheduledTaskHolder, SmartLifecycle {

    private final List<ScheduledWork> works;
    private final Clock clock;
    private @Nullable ThreadPoolTaskScheduler scheduler;
    private volatile @Nullable ScheduledTaskRegistrar registrar;

    /** @param clock by which the works say when they are due */
    ScheduledTasks(List<ScheduledWork> works, Clock clock) {
        this.works = List.copyOf(works);
        this.clock = clock;
    }

    @Override
    public void start() {
        if (works.isEmpty() || isRunning()) {
            return;
        }
        ThreadPoolTaskScheduler own = new ThreadPoolTaskScheduler();
        own.setThreadNamePrefix("dovetail-schedule-");
        own.setDaemon(true);
        // By another clock, what is due tomorrow would be long past, again and again without a pause.
        own.setClock(clock);
        own.initialize();
        ScheduledTaskRegistrar tasks = new ScheduledTaskRegistrar();
        tasks.setTaskScheduler(own);
        works.forEach(work -> tasks.addTriggerTask(new TriggerTask(work.task(), work)));
        tasks.afterPropertiesSet();
        scheduler = own;
        registrar = tasks;
    }

    // Before the pools are closed; what is running is interrupted, and knows what that means.
    @Override
    public void stop() {
        ScheduledTaskRegistrar tasks = registrar;
        registrar = null;
        if (tasks != null) {
            tasks.destroy();
        }
        if (scheduler != null) {
            scheduler.shutdown();
            scheduler = null;
        }
    }

    @Override
    public boolean isRunning() {
        return registrar != null;
    }

    @Override
    public Set<ScheduledTask> getScheduledTasks() {
        ScheduledTaskRegistrar tasks = registrar;
        return tasks == null ? Set.of() : tasks.getScheduledTasks();
    }
}
