package dev.dovetail.sample;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/** What a browser is answered in place of the application. */
final class Answers {

    private Answers() {}

    static void give(Page page, String what, int status, String type, String body) {
        page.route(what, route -> give(route, status, type, body));
    }

    static void give(Page page, String what, String json) {
        give(page, what, 200, "application/json", json);
    }

    static void give(Route route, int status, String type, String body) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType(type)
                .setBody(body));
    }
}
