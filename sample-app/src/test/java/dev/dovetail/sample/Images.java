package dev.dovetail.sample;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Pictures of the page: in the build's own folder, or where {@code -Dimages=…} says, which is how those in the docs are made. */
final class Images {

    private Images() {}

    static void take(Page page, String name) {
        Path directory = Path.of(System.getProperty("images", "target/images"));
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(directory.resolve(name + ".png"))
                .setFullPage(true));
    }
}
