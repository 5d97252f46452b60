package mutirao.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mutirao.client.MutiraoClient;
import mutirao.client.TaskRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of each page: it can be used by everybody, on each screen, in both languages. */
class EveryPageTest extends PageTestCase {
  private static final Map<String, String> PAGES =
      Map.of(
          "/", ".tile",
          "/tasks", ".tasks-table tbody tr",
          "/tasks/new", ".submit-form",
          "/workers", ".worker",
          "/chat", "#chat-name",
          "/cluster", ".server-leader",
          "/theatre", ".stage-server",
          "/join", ".join-form",
          "/api", ".api > *",
          "/nowhere", ".notice");

  private String aTask = "";

  @Override
  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    super.open(folder);
    stand.worker("forno");
    MutiraoClient ana = stand.client("ana");
    ana.call("sum", Map.of("numbers", List.of(1, 2)));
    aTask = ana.submit(TaskRequest.of("dance")).id();
  }

  static Stream<Arguments> pagesAndColours() {
    return PAGES.keySet().stream()
        .sorted()
        .flatMap(
            path ->
                Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                    .map(colours -> Arguments.of(path, colours)));
  }

  @ParameterizedTest
  @MethodSource("pagesAndColours")
  void hasNoBarriers(String path, ColorScheme colours) {
    Page page = visitor.window(wishes -> wishes.setColorScheme(colours));
    page.navigate(path);
    Visitor.seen(page, PAGES.get(path));

    assertEquals(List.of(), Visitor.barriers(page));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void fitsOnAPhoneInPortuguese(String path) {
    Page page =
        visitor.window(
            wishes ->
                wishes
                    .setViewportSize(360, 740)
                    .setLocale("pt-BR")
                    .setColorScheme(ColorScheme.DARK));
    page.navigate(path);
    Visitor.seen(page, PAGES.get(path));

    assertEquals("pt-BR", page.evaluate("document.documentElement.lang"));
    assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    assertEquals(List.of(), Visitor.barriers(page));
  }

  static Stream<String> pages() {
    return PAGES.keySet().stream().sorted();
  }

  @Test
  void aTaskThatWaitsSaysWhy() {
    Page page = at("/tasks/" + aTask);

    assertThat(Visitor.seen(page, ".why")).containsText("dance");
    assertThat(page.locator(".timeline-step")).hasCount(2);
    assertEquals(List.of(), Visitor.barriers(page));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks/", "/tasks", "/workers", "/cluster"})
  void isReadableOnPaper(String path) {
    Page page = visitor.window(wishes -> wishes.setColorScheme(ColorScheme.DARK));
    boolean ofTask = path.endsWith("/");
    page.navigate(ofTask ? path + aTask : path);
    Visitor.seen(page, ofTask ? ".timeline-step" : PAGES.get(path));
    page.evaluate("document.documentElement.dataset.theme = 'dark'");

    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

    assertThat(page.locator("h1")).isVisible();
    assertThat(page.locator(ofTask ? ".timeline-step" : PAGES.get(path)).first()).isVisible();
    assertThat(page.locator(":is(button, nav, header, form):visible")).hasCount(0);
    assertEquals("rgb(255, 255, 255)", page.evaluate(style("backgroundColor")));
    assertEquals("rgb(34, 32, 28)", page.evaluate(style("color")));
    assertEquals("%PDF", new String(page.pdf(), 0, 4, US_ASCII));
    assertEquals(List.of(), Visitor.barriers(page));
  }

  private static String style(String property) {
    return "getComputedStyle(document.documentElement)." + property;
  }

  @Test
  void goesFromPlaceToPlaceByKeyboard() {
    Page page = at("/");
    Visitor.seen(page, ".tile");

    page.locator(".place[data-view=workers]").focus();
    page.keyboard().press("Enter");

    Visitor.seen(page, ".worker");
    assertThat(page).hasURL(stand.address() + "/workers");
    assertThat(page.locator("h1")).isFocused();
    assertThat(page.locator(".place[data-view=workers]")).hasAttribute("aria-current", "page");
    page.goBack();
    Visitor.seen(page, ".tile");
  }

  @Test
  void speaksTheLanguageAndShowsTheColoursThatWereChosen() {
    Page page = at("/workers");
    page.locator("header select").selectOption("pt-BR");
    assertThat(page.locator(".worker .draining-badge + .node")).hasText("node-1");
    assertThat(page.locator("nav").first()).containsText("Conversa");
    page.locator("header .square").first().click();
    page.reload();

    assertThat(page.locator("nav").first()).containsText("Conversa");
    assertEquals("dark", page.evaluate("document.documentElement.dataset.theme"));
  }

  @Test
  void saysTheSameAsACommand() {
    Page page = at("/tasks/new");
    page.locator(".equivalent summary").click();

    assertThat(page.locator(".equivalent-lines")).containsText("./mutirao submit sum 10 20 30 40");
    assertThat(page.locator(".equivalent-lines")).containsText("curl -X POST");
    assertFalse(page.locator(".equivalent-lines").innerText().contains("undefined"));
  }

  @Test
  void saysWhatTheServerRefuses() {
    Page page = at("/tasks/new");
    page.route(
        "**/api/tasks*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(429)
                    .setContentType("application/problem+json")
                    .setBody("{\"code\":\"overloaded\",\"detail\":\"Too much at once.\"}")));
    page.locator("form button[type=submit]").click();
    assertThat(page.locator("main .failure, .note.bad").first()).containsText("Too much at once.");
    page.unroute("**/api/tasks*");

    page.route("**/api/**", route -> route.abort());
    page.locator("form button[type=submit]").click();

    assertThat(page.locator("main .failure, .note.bad").last()).containsText("not be reached");
    assertThat(page.locator("#params")).hasValue("10 20 30 40");
  }

  @Test
  void comesOnceTheServerAnswers() {
    Page page = visitor.window();
    List<String> asked = List.of("**/api/session", "**/api/events*", "**/api/cluster");
    asked.forEach(path -> page.route(path, EveryPageTest::notNow));
    page.navigate("/cluster");
    assertThat(page.locator("main .notice")).containsText("Nobody leads.");

    page.unroute("**/api/session");
    assertThat(page.locator("main .failure")).containsText("Nobody leads.");
    page.unroute("**/api/cluster");

    assertThat(page.locator(".table tbody tr")).hasCount(1);
    assertThat(page.locator("main .failure")).hasCount(0);
  }

  private static void notNow(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/problem+json")
            .setBody("{\"code\":\"unavailable\",\"detail\":\"Nobody leads.\"}"));
  }

  @Test
  void canBeReadAtTwiceTheSize() {
    // What a browser's zoom of 200 % does to a window of 1280 pixels.
    Page page = visitor.window(wishes -> wishes.setViewportSize(640, 430).setDeviceScaleFactor(2));
    for (String path : PAGES.keySet()) {
      page.navigate(path);
      Visitor.seen(page, PAGES.get(path));
      assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"), path);
    }
  }

  @Test
  void marksWhatIsNoLongerLiveAndComesBack() {
    Page page = visitor.window();
    page.route("**/api/events*", route -> route.abort());
    page.navigate("/");
    assertThat(page.locator(".stream.stale")).isVisible();

    page.unroute("**/api/events*");
    page.locator(".stream button").click();

    assertThat(page.locator(".stream.live")).isVisible();
  }
}
