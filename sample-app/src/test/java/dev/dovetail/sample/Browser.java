package dev.dovetail.sample;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The Chromium that is installed, and what it saw go wrong. Without one its tests are skipped, which CI takes for a failure. */
final class Browser implements AutoCloseable {

    private static final String NAMED = "CHROMIUM";

    // A container has neither user namespaces nor much shared memory, and the browser's own services are not there.
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    // The page asks every five seconds; what it does then is the same after half a second.
    private static final String SOON = """
            {
              const every = globalThis.setInterval;
              globalThis.setInterval = (work, millis) => every(work, Math.min(millis, 500));
            }""";

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Browser() {
        Path executable = executable()
                .orElseGet(() -> abort("No Chromium is installed; the environment variable " + NAMED + " names one"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    private static Optional<Path> executable() {
        String named = System.getenv(NAMED);
        Stream<String> candidates = named != null
                ? Stream.of(named)
                : Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        return candidates.map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** A page that nothing else has used; the one before is closed, and what it saw is forgotten. */
    Page page(com.microsoft.playwright.Browser.NewContextOptions options) {
        browser.contexts().forEach(BrowserContext::close);
        problems.clear();
        requests.clear();
        Page page = browser.newContext(options).newPage();
        page.setDefaultTimeout(20_000);
        page.addInitScript(SOON);
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                problems.add(message.text());
            }
        });
        page.onRequest(request -> requests.add(request.url()));
        return page;
    }

    /** What the page complained of. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** What the page asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
