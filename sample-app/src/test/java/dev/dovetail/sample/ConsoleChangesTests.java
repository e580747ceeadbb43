package dev.dovetail.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The page while what it shows changes under it, and what it says of it. No database makes a difference here. */
class ConsoleChangesTests {

    private static final String DATA = "**/actuator/dovetail/";

    private static final String STATEMENTS = """
            {"slowThresholdMillis": 200, "total": {"count": 2, "slow": 0, "failed": 0}, "lastHour": {"p95Millis": 1},
             "others": {"count": 7}, "statements": [
               {"id": "a", "text": "SELECT a", "query": true, "count": 1, "callers": [], "totalMillis": %d},
               {"id": "b", "text": "SELECT b", "query": true, "count": 1, "callers": [], "totalMillis": 50}]}""";

    private static final String BACKUPS = """
            {"directory": "backups", "backups": [{"name": "one.db", "createdAt": "2026-01-01T00:00:00Z", "size": 1,
              "verified": true, "compressed": false, "encrypted": false}]}""";

    private static final String HOSTILE =
            "<script>document.title='taken'</script>\"'><img src=x onerror=alert(1)> &amp; \u202E" + "Wide".repeat(100);

    @TempDir
    private static Path directory;

    private static Browser browser;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        setDefaultAssertionTimeout(20_000);
        browser = new Browser();
        application = Engine.start(
                Engine.SQLITE.freshDatabase(directory), "--management.endpoint.dovetail.access=unrestricted");
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

    private static Page page(int width) {
        return browser.page(new NewContextOptions().setViewportSize(width, 900));
    }

    private static void open(Page page) {
        page.navigate("http://localhost:"
                + application.getEnvironment().getRequiredProperty("local.server.port", Integer.class)
                + "/actuator/dovetailconsole");
        assertThat(page.locator("#engine")).hasText(Pattern.compile("SQLite \\d.*"));
    }

    private static Locator rows(Page page) {
        return page.locator("#queries table[aria-label^=Statements] > tbody > tr");
    }

    private static Locator button(Page page, String section, String text) {
        return page.locator("#" + section + " button", new Page.LocatorOptions().setHasText(text));
    }

    @Test
    void theKeyboardMovesWithItsRow() {
        Page page = page(1280);
        Answers.give(page, DATA + "queries", STATEMENTS.formatted(10));
        open(page);
        assertThat(rows(page).first()).containsText("SELECT b");
        rows(page).nth(1).locator("button").focus();
        Answers.give(page, DATA + "queries", STATEMENTS.formatted(90));
        assertThat(rows(page).first()).containsText("SELECT a");
        assertThat(rows(page).first().locator("button")).isFocused();
    }

    @Test
    void statementsThatAreNotListedAreCounted() {
        Page page = page(1280);
        Answers.give(page, DATA + "queries", STATEMENTS.formatted(10));
        open(page);
        assertThat(page.locator("#queries")).containsText("7 were of so many texts");
    }

    @Test
    void whoeverWasStartedAnewMayBeAnotherAndAllowLess() {
        Page page = page(1280);
        open(page);
        assertThat(button(page, "cache", "Clear").first()).isVisible();
        page.route(DATA + "**", Route::abort);
        assertThat(page.locator("#outage")).containsText("has not answered since");
        page.unroute(DATA + "**");
        page.route(DATA + "about", route -> {
            String about = route.fetch().text();
            Answers.give(
                    route,
                    200,
                    "application/json",
                    about.replace("SQLite", "PostgreSQL").replaceFirst("\"actions\":\\[[^]]*]", "\"actions\":[]"));
        });
        assertThat(page.locator("#engine")).hasText(Pattern.compile("PostgreSQL .*"));
        assertThat(page.locator("main .do")).hasCount(0);
        assertThat(page.locator("#outage")).isHidden();
    }

    @Test
    void aBackupThatIsFoundDamagedIsAnAlarm() {
        Page page = page(1280);
        Answers.give(page, DATA + "backups", BACKUPS);
        Answers.give(
                page,
                DATA + "verify",
                "{\"name\": \"one.db\", \"verified\": false, \"problem\": \"Page 7 is damaged\"}");
        open(page);
        button(page, "backups", "Verify").click();
        assertThat(page.locator("#outcome.alarm")).containsText("Verify one.db: Page 7 is damaged");
    }

    @Test
    void whatCameOfAnActionIsSeenWhereItWasAskedFor() {
        Page page = page(1280);
        open(page);
        page.locator("#settings tbody tr").last().scrollIntoViewIfNeeded();
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)");
        page.evaluate("() => [...document.querySelectorAll('#maintenance button')].at(-1).click()");
        assertThat(page.locator("#outcome")).containsText("Checkpoint: ");
        assertThat(page.locator("#outcome")).isInViewport();
        page.locator("#outcome button").click();
        assertThat(page.locator("#outcome")).isHidden();
    }

    @Test
    void whereNothingIsWatchedThereAreNoEmptyCharts() {
        Page page = page(1280);
        page.route(
                DATA + "about",
                route -> Answers.give(
                        route, 200, "application/json", route.fetch().text().replace("\"history\",", "")));
        open(page);
        assertThat(page.locator("#pools")).isVisible();
        assertThat(page.locator("#charts")).isHidden();
    }

    @Test
    void aCheckpointSaysHowFarItCame() {
        Page page = page(1280);
        open(page);
        button(page, "maintenance", "Checkpoint").click();
        assertThat(page.locator("#outcome.good")).containsText("Checkpoint: all of the log is in the database.");
        Answers.give(
                page,
                DATA + "checkpoint",
                "{\"last\": {\"logPages\": 9, \"checkpointedPages\": 4}, \"starvedRounds\": 1}");
        button(page, "maintenance", "Checkpoint").click();
        assertThat(page.locator("#outcome.alarm")).containsText("5 pages of the log could not be copied yet");
    }

    @Test
    void linesOfAChartAreToldApart() {
        Page page = page(1280);
        open(page);
        assertThat(page.locator("#chart-latency .line-2")).containsText("p95");
        String drawn = (String) page.evaluate(
                "() => Chart.getChart(document.querySelector('#chart-latency canvas')).data.datasets[1].borderColor");
        String key = (String) page.evaluate(
                "() => getComputedStyle(document.querySelector('#chart-latency .line-2'), '::before').borderTopColor");
        assertThat(key).isEqualTo(drawn);
    }

    @Test
    void whateverAnAlertSaysIsTextThatFitsAPhone() {
        Page page = page(390);
        Answers.give(page, DATA + "alerts", """
                {"active": [{"id": "1", "rule": "rule", "subject": "s", "severity": "HIGH", "text": "%1$s",
                  "recommendation": "%1$s", "measured": "%1$s", "count": 1, "firstSeen": "2026-01-01T00:00:00Z"}],
                 "history": []}""".formatted(HOSTILE.replace("\"", "\\\"")));
        open(page);
        Locator alert = page.locator("#health li.high");
        assertThat(alert.locator("b")).hasText(HOSTILE);
        assertThat(alert.locator("script, img")).hasCount(0);
        assertThat(page).not().hasTitle("taken");
        assertThat((String) page.evaluate("() => getComputedStyle(document.querySelector('#health b')).unicodeBidi"))
                .isEqualTo("isolate");
        assertThat((String) page.evaluate("""
                () => [...document.querySelectorAll('body, header, nav, section, section > *, #health *')]
                    .filter(each => !each.closest('.scroll') && each.getBoundingClientRect().right > innerWidth)
                    .map(each => each.outerHTML.slice(0, 80)).join()"""))
                .as("what sticks out at the side")
                .isEmpty();
    }
}
