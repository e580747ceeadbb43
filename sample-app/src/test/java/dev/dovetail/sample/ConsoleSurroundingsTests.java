package dev.dovetail.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FetchOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The page where it is put elsewhere, and where not everything answers as it should. No database makes a difference here. */
class ConsoleSurroundingsTests {

    private static final Pattern SQLITE = Pattern.compile("SQLite \\d.*");
    private static final String DATA = "**/actuator/dovetail/";
    private static final String ALL_DATA = DATA + "**";

    private static final String THREE_HOURS_AHEAD = """
            const Real = Date;
            const ahead = () => Real.now() + 3 * 3600 * 1000;
            globalThis.Date = class extends Real {
              constructor(...given) { super(...(given.length ? given : [ahead()])); }
              static now() { return ahead(); }
            };""";

    private static final String WITHOUT_STORAGE = """
            Object.defineProperty(window, 'localStorage', {
              get() { throw new DOMException('denied', 'SecurityError'); }
            });""";

    @TempDir
    private static Path directory;

    private static Browser browser;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        setDefaultAssertionTimeout(20_000);
        browser = new Browser();
        application = start("--management.endpoint.dovetail.access=unrestricted");
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return Engine.start(Engine.SQLITE.freshDatabase(directory), arguments);
    }

    private static String address(ConfigurableApplicationContext context, String path) {
        return "http://localhost:"
                + context.getEnvironment().getRequiredProperty("local.management.port", Integer.class) + path;
    }

    private static String address() {
        return address(application, "/actuator/dovetailconsole");
    }

    private static Page page(Consumer<Page> before) {
        Page page = browser.page(new NewContextOptions().setViewportSize(1280, 900));
        before.accept(page);
        return page;
    }

    private static Page open(Consumer<Page> before) {
        Page page = page(before);
        page.navigate(address());
        assertThat(page.locator("#engine")).hasText(SQLITE);
        return page;
    }

    private static Locator button(Page page, String section, String text) {
        return page.locator("#" + section + " button", new Page.LocatorOptions().setHasText(text));
    }

    private static void awaitCharts(Page page) {
        page.waitForFunction(
                "() => window.Chart && Chart.getChart(document.querySelector('#chart-throughput canvas'))");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/actuator/dovetailconsole, --server.servlet.context-path=/shop",
        "/mvc/actuator/dovetailconsole, --spring.mvc.servlet.path=/mvc",
        "/shop/mvc/actuator/dovetailconsole, --server.servlet.context-path=/shop --spring.mvc.servlet.path=/mvc",
        "/manage/dovetailconsole, --management.endpoints.web.base-path=/manage",
        "/dovetailconsole, --management.endpoints.web.base-path=/",
        "/actuator/console, --management.endpoints.web.path-mapping.dovetailconsole=console",
        "/actuator/db/console, --management.endpoints.web.path-mapping.dovetailconsole=db/console"
                + " --management.endpoints.web.path-mapping.dovetail=data",
        "/internal/actuator/dovetailconsole, --management.server.port=0 --management.server.base-path=/internal"
    })
    void findsItsFilesAndTheEndpointWhereverTheyAre(String path, String arguments) {
        try (ConfigurableApplicationContext elsewhere = start(arguments.split(" "))) {
            Page page = page(each -> each.navigate(address(elsewhere, path)));
            assertThat(page.locator("#engine")).hasText(SQLITE);
            awaitCharts(page);
            assertThat((Boolean) page.evaluate("document.styleSheets[0].cssRules.length > 10"))
                    .isTrue();
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void findsThemBehindAProxyThatTakesAPrefixAway() {
        Page page = page(each -> each.route(
                "**/front/door/**",
                route -> route.fulfill(new FulfillOptions()
                        .setResponse(route.fetch(new FetchOptions()
                                .setHeaders(Map.of("accept", "*/*"))
                                .setUrl(route.request().url().replace("/front/door", "")))))));
        page.navigate(address(application, "/front/door/actuator/dovetailconsole"));
        assertThat(page.locator("#engine")).hasText(SQLITE);
        awaitCharts(page);
        assertThat(browser.requests()).allMatch(url -> url.contains("/front/door/") || url.startsWith("data:"));
        assertThat(browser.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, application/json, {\"status\":401}, not signed in",
        "403, application/json, {\"status\":403}, security keeps it",
        "404, application/json, {\"status\":404}, is the endpoint dovetail exposed",
        "500, application/json, {\"status\":500}, answered 500",
        "200, text/html, <form>Who are you?</form>, a page of its own"
    })
    void saysWhatToDoWhenItIsKeptOut(int status, String type, String body, String said) {
        Page page = page(each -> Answers.give(each, ALL_DATA, status, type, body));
        page.navigate(address());
        assertThat(page.locator("#outage")).containsText(said);
        page.unroute(ALL_DATA);
        assertThat(page.locator("#engine")).hasText(SQLITE);
        assertThat(page.locator("#outage")).isHidden();
    }

    @Test
    void saysSoWhenItIsKeptOutLater() {
        Page page = open(each -> {});
        Answers.give(page, ALL_DATA, 401, "text/html", "<form>Who are you?</form>");
        assertThat(page.locator("#outage")).containsText("not signed in");
        assertThat(page.locator("#engine")).hasText(SQLITE);
    }

    @Test
    void oneSectionThatFailsOrDoesNotAnswerKeepsNoOtherWaiting() {
        Page page = open(each -> {
            each.route(DATA + "migrations", route -> {});
            Answers.give(each, DATA + "backups", 500, "application/json", "{\"status\":500}");
            Answers.give(each, DATA + "cache", 200, "application/json", "{\"caches\":null}");
        });
        assertThat(page.locator("#settings tbody")).containsText("journal_mode");
        assertThat(page.locator("#backups .alarm")).containsText("answered 500");
        assertThat(page.locator("#cache .alarm")).containsText("could not be shown");
        assertThat(page.locator("#outage")).isHidden();
    }

    @Test
    void chartsGoByTheClockOfTheApplication() {
        Page page = open(each -> each.addInitScript(THREE_HOURS_AHEAD));
        awaitCharts(page);
        Number end = (Number) page.evaluate(
                "Chart.getChart(document.querySelector('#chart-throughput canvas')).options.scales.x.max");
        assertThat(end.longValue()).isCloseTo(System.currentTimeMillis(), within(120_000L));
    }

    @Test
    void opensInABrowserThatKeepsNothing() {
        Page page = open(each -> each.addInitScript(WITHOUT_STORAGE));
        page.locator("#theme").click();
        assertThat(page.locator("#theme")).hasText("Light");
    }

    @Test
    void theKeyboardStaysOnAButtonThatWasPressed() {
        Page page = open(each -> {});
        Locator clear = button(page, "cache", "Clear all");
        clear.press("Enter");
        assertThat(page.locator("#outcome")).containsText("Clear all: done.");
        page.waitForResponse(Pattern.compile(".*/actuator/dovetail/cache"), () -> {});
        assertThat(clear).isFocused();
    }

    @Test
    void thereAreNoButtonsInsideAPageOfOthers() {
        Page page = page(each -> {});
        page.setContent("<iframe width='1000' height='800' src='" + address() + "'></iframe>");
        FrameLocator inside = page.frameLocator("iframe");
        assertThat(inside.locator("#engine")).hasText(SQLITE);
        assertThat(inside.locator("#settings tbody")).containsText("journal_mode");
        assertThat(inside.locator("main .do")).hasCount(0);
    }

    @Test
    void sendsTheTokenAgainstForgeryAndSaysWhereItComesFrom() {
        Page page =
                open(each -> each.context().addCookies(List.of(new Cookie("XSRF-TOKEN", "a%2Bb").setUrl(address()))));
        AtomicReference<Map<String, String>> sent = new AtomicReference<>(Map.of());
        page.route(DATA + "clear-cache", route -> {
            sent.set(route.request().headers());
            Answers.give(route, 403, "application/json", "{\"status\":403}");
        });
        button(page, "cache", "Clear all").click();
        assertThat(page.locator("#outcome")).containsText("csrf.spa()");
        assertThat(sent.get()).containsEntry("x-xsrf-token", "a+b").containsEntry("x-requested-with", "XMLHttpRequest");
    }
}
