package dev.dovetail.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The page behind Spring Security, as it is by default and as the docs say. No database makes a difference here. */
class ConsoleSecurityTests {

    private static final String PAGE = "/actuator/dovetailconsole";

    private static final String[] ARGUMENTS = {
        "--spring.autoconfigure.exclude=",
        "--spring.security.user.name=operator",
        "--spring.security.user.password=open",
        "--management.endpoint.dovetail.access=unrestricted"
    };

    @TempDir
    private static Path directory;

    private static Browser browser;

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

    private static ConfigurableApplicationContext start(Class<?>... configurations) {
        SpringApplicationBuilder builder =
                new SpringApplicationBuilder(BadgesApplication.class).sources(configurations);
        return builder.properties("server.port=0")
                .run(Engine.arguments(Engine.SQLITE.freshDatabase(directory), ARGUMENTS));
    }

    private static String address(ConfigurableApplicationContext context, String path) {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port", Integer.class)
                + path;
    }

    private static Page signIn(ConfigurableApplicationContext context, String name) {
        Page page = browser.page(new NewContextOptions().setViewportSize(1280, 900));
        page.navigate(address(context, PAGE));
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill("open");
        page.locator("button[type=submit]").click();
        assertThat(page.locator("#engine")).hasText(Pattern.compile("SQLite \\d.*"));
        return page;
    }

    private static void clearCaches(Page page) {
        page.locator("#cache button", new Page.LocatorOptions().setHasText("Clear all"))
                .click();
    }

    @Test
    void whoIsNotSignedInSeesNothingOfIt() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            HttpClient http = HttpClient.newHttpClient();
            for (String path : List.of(
                    PAGE,
                    PAGE + "/console.js",
                    PAGE + "/console.css",
                    PAGE + "/chart.js",
                    "/actuator/dovetail/about",
                    "/actuator/dovetail")) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(address(context, path)))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(answer.body()).as(path).doesNotContainIgnoringCase("sqlite", "script");
            }
        }
    }

    @Test
    void byDefaultItShowsEverythingAndSaysWhatItsButtonsNeed() {
        try (ConfigurableApplicationContext context = start()) {
            Page page = signIn(context, "operator");
            page.waitForFunction("() => window.Chart && Chart.getChart(document.querySelector('#chart-size canvas'))");
            assertThat(page.locator("#settings tbody")).containsText("journal_mode");
            clearCaches(page);
            assertThat(page.locator("#outcome.alarm")).containsText("csrf.spa()");
        }
    }

    @Test
    void whoIsSignedOutMeanwhileIsToldSoAndNotAskedForAPassword() {
        try (ConfigurableApplicationContext context = start()) {
            Page page = signIn(context, "operator");
            List<Response> refused = new CopyOnWriteArrayList<>();
            page.onResponse(response -> {
                if (response.status() == 401) {
                    refused.add(response);
                }
            });
            page.context().clearCookies();
            assertThat(page.locator("#outage")).containsText("not signed in");
            assertThat(page.locator("#engine")).containsText("SQLite");
            // With that header a browser asks by itself, and again every five seconds.
            assertThat(refused)
                    .isNotEmpty()
                    .allSatisfy(response -> assertThat(response.headers()).doesNotContainKey("www-authenticate"));
        }
    }

    @Test
    void withTheTokenAsTheDocsSayItsButtonsWorkForThoseWhoMay() {
        try (ConfigurableApplicationContext context = start(Roles.class)) {
            Page page = signIn(context, "operator");
            clearCaches(page);
            assertThat(page.locator("#outcome.good")).containsText("Clear all: done.");

            page = signIn(context, "reader");
            clearCaches(page);
            assertThat(page.locator("#outcome.alarm")).containsText("You may not do that.");
            assertThat(page.locator("#outage")).isHidden();
        }
    }

    /** Operators act, readers read. */
    @Configuration(proxyBeanMethods = false)
    static class Roles {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                    EndpointRequest.toAnyEndpoint().withHttpMethod(HttpMethod.POST))
                            .hasRole("OPERATOR")
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.spa())
                    .formLogin(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("operator")
                            .password("{noop}open")
                            .roles("OPERATOR")
                            .build(),
                    User.withUsername("reader")
                            .password("{noop}open")
                            .roles("READER")
                            .build());
        }
    }
}
