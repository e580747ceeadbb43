package dev.dovetail.actuator;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupProgress;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.BackupStatus;
import dev.dovetail.backup.Backups;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** The backups there are and how they stand, and what may be asked for with them. Names only; never a path. */
public final class BackupSection implements EndpointSection {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final String NAME = "name";

    private final Backups backups;

    public BackupSection(Backups backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public Map<String, Object> show() {
        Map<String, Object> section = new LinkedHashMap<>();
        BackupStatus status = backups.status();
        section.put("directory", backups.settings().directory().toString());
        put(section, "running", running(status.running()));
        put(section, "lastSuccess", status.lastSuccess());
        put(section, "lastFailure", status.lastFailure());
        put(section, "lastFailureAt", status.lastFailureAt());
        put(section, "lastRestore", status.lastRestore());
        section.put(
                "backups", backups.list().stream().map(BackupSection::backup).toList());
        return section;
    }

    private static void put(Map<String, Object> section, String name, @Nullable Object value) {
        if (value != null) {
            section.put(name, value);
        }
    }

    private static @Nullable Map<String, Object> running(@Nullable BackupProgress progress) {
        if (progress == null) {
            return null;
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("work", progress.work());
        shown.put(NAME, progress.name());
        shown.put("step", progress.step());
        shown.put("done", progress.done());
        shown.put("total", progress.total());
        put(shown, "percent", progress.percent() < 0 ? null : progress.percent());
        put(shown, "remaining", progress.remaining());
        shown.put("startedAt", progress.startedAt());
        return shown;
    }

    private static Map<String, Object> backup(BackupReport report) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put(NAME, report.name());
        shown.put("createdAt", report.createdAt());
        shown.put("size", report.size());
        shown.put("verified", report.verified());
        put(shown, "problem", report.problem());
        put(shown, "engine", report.engine().isEmpty() ? null : report.engine());
        shown.put("compressed", report.compressed());
        shown.put("encrypted", report.encrypted());
        put(shown, "key", report.key());
        return shown;
    }

    @Override
    public List<EndpointAction> actions() {
        return List.of(
                action("backup", parameters -> backups.backup()),
                action("verify", parameters -> backups.verify(name(parameters))),
                action("restore", parameters -> backups.restore(name(parameters))));
    }

    private static String name(Map<String, String> parameters) {
        String name = parameters.get(NAME);
        if (name == null || name.isBlank()) {
            throw new InvalidEndpointRequestException(
                    "Say which backup: {\"name\": \"…\"}. The section 'backups' lists them.", "No name was given");
        }
        return name;
    }

    private static EndpointAction action(String name, Function<Map<String, String>, Object> work) {
        return new EndpointAction(name, parameters -> {
            try {
                return work.apply(parameters);
            } catch (BackupException e) {
                return refusal(e);
            }
        });
    }

    private static Object refusal(BackupException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case INVALID_NAME -> throw new InvalidEndpointRequestException(message, message);
            case NOT_FOUND -> answer(NOT_FOUND, failure, message);
            case ALREADY_RUNNING -> answer(CONFLICT, failure, message);
            default -> answer(FAILED, failure, message);
        };
    }

    private static Object answer(int status, BackupException failure, String message) {
        return new WebEndpointResponse<>(Map.of("reason", failure.reason(), "message", message), status);
    }
}
