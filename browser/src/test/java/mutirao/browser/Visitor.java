package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Somebody with a browser in front of one {@link Stand}. What the browser complains about, a script
 * that failed or a policy that was broken, is kept for {@link #complaints}.
 */
final class Visitor implements AutoCloseable {
  private static final int PATIENCE_MS = 15_000;
  private static final List<String> SWITCHES =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** The browser's own; another one by the property {@code mutirao.browser}. */
  private static final String CHROMIUM = System.getProperty("mutirao.browser", "/usr/bin/chromium");

  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private final Playwright playwright;
  private final Browser browser;
  private final String address;
  private final List<String> complaints = new ArrayList<>();

  Visitor(String address) {
    this.address = address;
    Map<String, String> nothingToFetch = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(nothingToFetch));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(CHROMIUM))
                    .setArgs(SWITCHES));
    com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(
        PATIENCE_MS);
  }

  /** A window of a computer, in English. */
  Page window() {
    return window(_ -> {});
  }

  /** A window with its own cookies and storage. */
  Page window(Consumer<Browser.NewContextOptions> wishes) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setBaseURL(address)
            .setLocale("en-US")
            .setTimezoneId("America/Sao_Paulo")
            .setColorScheme(ColorScheme.LIGHT)
            .setViewportSize(1280, 860);
    wishes.accept(options);
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // The network's own complaints are what some tests make happen.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  /** What scripts and policies complained about, in all windows. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What axe finds wrong with the page as it is, serious or worse. */
  static List<?> barriers(Page page) {
    page.evaluate(resource(AXE));
    Object found =
        page.evaluate(
            """
            async () => {
              const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
              const {violations} = await axe.run(document, {runOnly: rules});
              return violations
                .filter((each) => each.impact === "serious" || each.impact === "critical")
                .map((each) => each.id + ": " + each.nodes.map((node) => node.html).join(" | "));
            }
            """);
    return (List<?>) found;
  }

  /** Waits until something is to be seen. */
  static Locator seen(Page page, String selector) {
    Locator locator = page.locator(selector).first();
    assertThat(locator).isVisible();
    return locator;
  }

  /** A class among those that an element has. */
  static Pattern word(String name) {
    return Pattern.compile("(^|\\s)" + name + "(\\s|$)");
  }

  private static String resource(String name) {
    try (InputStream in = Visitor.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
