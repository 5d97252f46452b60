package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.AccountRole;

/** Takes the pictures of the page, from three servers with life on them: docs/images/take. */
final class Pictures {
  private static final int WIDE = 1280;
  private static final int PHONE = 360;

  /** Long enough for charts, messages and moving tasks to be there. */
  private static final int LIFE_MS = 4000;

  /** Some entries are there again, some are not. */
  private static final int MIDWAY_MS = 700;

  private static final Iterator<String> NAMES = List.of("lia", "davi", "rute").iterator();

  private final Path folder;
  private final Visitor visitor;

  private Pictures(Path folder, Visitor visitor) {
    this.folder = folder;
    this.visitor = visitor;
  }

  /**
   * Starts what is to be seen, and ends it.
   *
   * @param arguments the folder for the pictures
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    Path data = Files.createTempDirectory("mutirao-pictures-");
    try (Stand stand = new Stand(data);
        Visitor visitor = new Visitor(stand.address())) {
      stand
          .client("ana")
          .account(AccountRequest.addUser("ana", AccountRole.ADMIN, List.of(), "obras-2026"))
          .join();
      new Pictures(folder, visitor).ofEachColour("/tasks", "#login-user", "login");
    }
    try (Town town = new Town();
        Visitor visitor = new Visitor(town.address())) {
      Pictures pictures = new Pictures(folder, visitor);
      pictures.ofEachPlace();
      pictures.ofFailover();
    }
  }

  private void ofEachPlace() {
    ofEachColour("/tasks", ".tasks-table tbody tr", "tasks");
    ofEachColour("/tasks/new", ".submit-form", "submit");
    ofEachColour("/workers", ".worker", "workers");
    ofEachColour("/cluster", ".table tbody tr", "cluster");
    ofEachColour("/theatre", ".caption:not([data-concept=welcome])", "theatre");
    ofEachColour("/api", ".api", "api");
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      ofTask(window(colours, WIDE), named("task", colours));
      ofChat(window(colours, WIDE), named("chat", colours));
      ofJoin(window(colours, WIDE), named("join", colours));
    }
    // Last, so that the charts have something to show.
    ofEachColour("/", ".tile", "home");
    ofPlace(window(ColorScheme.LIGHT, PHONE), "/", ".tile", "home-phone");
    ofPlace(window(ColorScheme.LIGHT, PHONE), "/theatre", ".stage-server.leads", "theatre-phone");
    ofPlace(window(ColorScheme.DARK, PHONE), "/tasks", ".tasks-table tbody tr", "tasks-phone");
    ofChat(window(ColorScheme.DARK, PHONE), "chat-phone");
  }

  private void ofEachColour(String path, String what, String name) {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      ofPlace(window(colours, WIDE), path, what, named(name, colours));
    }
  }

  private void ofPlace(Page page, String path, String what, String name) {
    page.navigate(path);
    Visitor.seen(page, what);
    take(page, name);
    page.context().close();
  }

  private void ofTask(Page page, String name) {
    page.navigate("/tasks?state=done&operation=build");
    page.locator(".tasks-table tbody tr")
        .filter(new Locator.FilterOptions().setHasText("2/3"))
        .first()
        .locator("th a")
        .click();
    Visitor.seen(page, ".timeline-step");
    take(page, name);
  }

  private void ofChat(Page page, String name) {
    page.navigate("/chat");
    page.locator("#chat-name").fill(NAMES.next());
    page.keyboard().press("Enter");
    Visitor.seen(page, ".message");
    for (String line : List.of("bom dia, gente", "/calculate any sum 0.1 0.2")) {
      page.locator("#say").fill(line);
      page.keyboard().press("Enter");
    }
    Visitor.seen(page, ".card-result");
    take(page, name);
    page.context().close();
  }

  private void ofJoin(Page page, String name) {
    page.navigate("/join");
    page.locator("#join-name").fill("Notebook-da-lia");
    page.locator(".join-form .main").click();
    assertThat(page.locator(".join-ended li")).not().hasCount(0);
    take(page, name);
    page.locator(".actions .danger").click();
    assertThat(page.locator(".join-state")).hasAttribute("data-state", "finished");
  }

  /** The leader is killed, another one is elected, and the first comes back. */
  private void ofFailover() {
    Page page = window(ColorScheme.LIGHT, WIDE);
    page.navigate("/theatre");
    String node = Visitor.seen(page, ".stage-server.leads .server-name").textContent();
    Locator control =
        page.locator(".stage-control").filter(new Locator.FilterOptions().setHasText(node));
    page.waitForTimeout(LIFE_MS);
    control.locator(".danger").click();
    page.locator("dialog .danger").click();
    Locator caption = page.locator(".caption");
    assertThat(caption).hasAttribute("data-concept", "death");
    shoot(page, "failover-1-death");
    assertThat(caption).hasAttribute("data-concept", "election");
    shoot(page, "failover-2-election");
    page.waitForTimeout(LIFE_MS);
    control.locator("button").click();
    assertThat(caption).hasAttribute("data-concept", "catching_up");
    page.waitForTimeout(MIDWAY_MS);
    shoot(page, "failover-3-catching-up");
  }

  private Page window(ColorScheme colours, int width) {
    return visitor.window(
        wishes -> {
          wishes.setColorScheme(colours).setViewportSize(width, width == PHONE ? 740 : 820);
          if (width == PHONE) {
            wishes.setLocale("pt-BR");
          }
        });
  }

  private static String named(String name, ColorScheme colours) {
    return name + "-" + colours.name().toLowerCase(Locale.ROOT);
  }

  private void take(Page page, String name) {
    page.waitForTimeout(LIFE_MS);
    shoot(page, name);
  }

  private void shoot(Page page, String name) {
    // There is no scroll bar in a picture, and so no room for one.
    page.evaluate("document.documentElement.style.scrollbarGutter = 'auto'");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
