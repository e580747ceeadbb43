package dev.dovetail.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.dovetail.monitoring.health.HealthMonitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The page in a real browser, after a load of which it is known what it did. */
class ConsolePageTests {

    private static final int AWARDS = 40;
    private static final String HOSTILE = "<img src=x onerror=document.title='taken'>";
    private static final String COUNTING = "SELECT count(*) FROM \"assertions\"";
    private static final String WRITABLE = "--management.endpoint.dovetail.access=unrestricted";

    private static Browser browser;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openBrowser() {
        setDefaultAssertionTimeout(20_000);
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static String name(Engine engine) {
        return engine.name().toLowerCase(Locale.ROOT);
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static Page open(ConfigurableApplicationContext context, NewContextOptions options) {
        Page page = browser.page(options);
        page.navigate("http://localhost:" + port(context) + "/actuator/dovetailconsole");
        assertThat(page.locator("#engine")).hasText(Pattern.compile("(SQLite|PostgreSQL) \\d.*"));
        return page;
    }

    private static NewContextOptions desktop() {
        return new NewContextOptions().setViewportSize(1280, 900);
    }

    /** Awards, reads that a cache answers, and refusals. */
    private static void load(ConfigurableApplicationContext context) {
        Api api = new Api(port(context));
        UUID badge = api.badge(api.issuer("guild").id(), "Joint").id();
        for (int i = 0; i < AWARDS; i++) {
            assertThat(api.award(badge, "joiner" + i + "@example.org").status()).isEqualTo(201);
            api.get("/api/badges/" + badge);
            api.get("/api/assertions?page=0&size=10");
        }
        assertThat(api.award(badge, "joiner1@example.org").status()).isEqualTo(409);
        context.getBean(JdbcClient.class)
                .sql("SELECT 1 AS \"" + HOSTILE + '"')
                .query()
                .singleRow();
        HealthMonitor monitor = context.getBean(HealthMonitor.class);
        monitor.evaluate();
        for (int i = 0; i < 10; i++) {
            api.get("/api/badges/" + badge);
        }
        monitor.evaluate();
    }

    private static double drawn(Page page, String chart, int line, String what) {
        Object value = page.evaluate("""
                ([chart, line, what]) => {
                  const points = Chart.getChart(document.querySelector(`#chart-${chart} canvas`)).data.datasets[line].data
                      .filter(point => point.y !== null).map(point => point.y);
                  return what === 'most' ? Math.max(...points) : points.at(-1);
                }""", new Object[] {chart, line, what});
        return ((Number) value).doubleValue();
    }

    private static boolean isPainted(Page page, String chart) {
        return (Boolean) page.evaluate("""
                chart => {
                  const canvas = document.querySelector(`#chart-${chart} canvas`);
                  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  return pixels.some(value => value !== 0);
                }""", chart);
    }

    @ParameterizedTest
    @EnumSource
    void chartsShowWhatTheLoadDid(Engine engine) {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory), WRITABLE)) {
            load(context);
            Page page = open(context, desktop());
            page.waitForFunction("() => window.Chart && Chart.getChart(document.querySelector('#chart-size canvas'))");

            // At least two statements an award, in a minute or two.
            assertThat(drawn(page, "throughput", 0, "most")).isBetween(2 * AWARDS / 120.0, 10_000.0);
            assertThat(drawn(page, "latency", 0, "most")).isLessThanOrEqualTo(drawn(page, "latency", 2, "most"));
            assertThat(drawn(page, "errors", 1, "most")).isEqualTo(1);
            // What another connection of the background has committed counts as a change of everything.
            assertThat(drawn(page, "hit-rate", 0, "last")).isBetween(0.5, 1.0);
            assertThat(drawn(page, "pool-use", 0, "last")).isBetween(0.0, 1.0);
            assertThat(drawn(page, "size", 0, "last")).isGreaterThan(4_000);
            assertThat(isPainted(page, "throughput")).isTrue();
            assertThat(page.locator("#status")).hasText("UP");
            assertThat(page.locator("#health")).containsText("All is well");
            assertNothingWasWrong(page);
            Images.take(page, "console-" + name(engine));
        }
    }

    private void assertNothingWasWrong(Page page) {
        assertThat(browser.problems()).isEmpty();
        String home = page.url().substring(0, page.url().indexOf("/actuator"));
        assertThat(browser.requests()).allMatch(url -> url.startsWith("http://localhost:") || url.startsWith("data:"));
        assertThat(browser.requests()).anyMatch(url -> url.startsWith(home));
    }

    @ParameterizedTest
    @EnumSource
    void statementsAreSortedFilteredAndOpenedByTheKeyboard(Engine engine) {
        try (ConfigurableApplicationContext context =
                Engine.start(engine.freshDatabase(directory), "--dovetail.slow-query-threshold=1us")) {
            load(context);
            awaitPlan(new Api(port(context)));
            Page page = open(context, desktop());
            Locator rows = page.locator("#queries table[aria-label^=Statements] > tbody > tr");
            Locator count = page.locator("#queries table[aria-label^=Statements] th")
                    .filter(new Locator.FilterOptions().setHasText("Count"));
            count.locator("button").press("Enter");
            assertThat(count).hasAttribute("aria-sort", "descending");
            assertThat(rows.first()).not().containsText("None");

            Locator filter = page.locator("#queries input");
            filter.fill("insert into \"assertions\"");
            assertThat(rows).hasCount(1);
            assertThat(rows.first()).containsText(String.valueOf(AWARDS));

            filter.fill("onerror");
            assertThat(rows.first()).containsText(HOSTILE);
            assertThat(page).not().hasTitle("taken");
            assertThat(page.locator("#queries img")).hasCount(0);

            filter.fill(COUNTING.toLowerCase(Locale.ROOT));
            Locator opener = rows.first().locator("button");
            opener.press("Enter");
            assertThat(opener).hasAttribute("aria-expanded", "true");
            assertThat(page.locator("#queries")).containsText("Plan");
            // New numbers come in, and who works with the keyboard stays where they are.
            page.waitForResponse(Pattern.compile(".*/actuator/dovetail/queries"), () -> {});
            assertThat(opener).isFocused();
            assertThat(page.locator("main .do")).hasCount(0);
            assertNothingWasWrong(page);
        }
    }

    @ParameterizedTest
    @EnumSource
    void actionsAreAskedForAndSayWhatCameOfThem(Engine engine) {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory), WRITABLE)) {
            load(context);
            Page page = open(context, desktop());
            page.locator("#cache button", text("Clear all")).click();
            assertThat(page.locator("#outcome")).containsText("Clear all: done.");
            page.locator("#advice button", text("Look now")).click();
            assertThat(page.locator("#outcome")).containsText("advised.");
            page.locator("#maintenance button", text("Optimize")).click();
            page.locator("#confirm button", text("Cancel")).click();
            assertThat(page.locator("#maintenance tbody")).containsText("It has not run yet.");
            page.locator("#maintenance button", text("Optimize")).click();
            page.locator("#confirm button", text("Optimize")).click();
            assertThat(page.locator("#outcome")).containsText(Pattern.compile("Optimize: done in .*"));
            assertThat(page.locator("#maintenance tbody")).containsText("succeeded");
            assertThat(page.locator("#migrations tbody")).containsText("V1__");
            assertNothingWasWrong(page);
        }
    }

    // Plans are asked for one by one, beside everybody's work.
    private static void awaitPlan(Api api) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            api.get("/api/assertions?page=0&size=10");
            return api.get("/actuator/dovetail/queries")
                    .json()
                    .path("statements")
                    .valueStream()
                    .anyMatch(
                            statement -> statement.path("text").asString("").equals(COUNTING) && statement.has("plan"));
        });
    }

    private static Page.LocatorOptions text(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    @ParameterizedTest
    @EnumSource
    void fitsAPhoneAndTheDark(Engine engine) {
        try (ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory))) {
            load(context);
            Page page = open(
                    context, new NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
            assertThat(page.locator("#chart-size canvas")).isVisible();
            assertThat((Boolean) page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))
                    .as("nothing sticks out at the side")
                    .isTrue();
            String dark = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
            page.locator("#theme").click();
            String light = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
            assertThat(dark).isEqualTo("rgb(20, 23, 28)");
            assertThat(light).isEqualTo("rgb(246, 245, 241)");
            page.locator("#theme").click();
            assertNothingWasWrong(page);
            Images.take(page, "console-phone-" + name(engine));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysSinceWhenNobodyAnswers(Engine engine) {
        ConfigurableApplicationContext context = Engine.start(engine.freshDatabase(directory));
        Page page;
        try (context) {
            page = open(context, desktop());
            assertThat(page.locator("#outage")).isHidden();
        }
        assertThat(page.locator("#outage")).containsText("has not answered since");
        assertThat(page.locator("#engine")).containsText("QL");
    }
}
