package mutirao.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One server and one browser for all tests of a class; each opens windows of its own. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTestCase {
  Stand stand;
  Visitor visitor;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    stand = new Stand(folder.resolve("server"));
    visitor = new Visitor(stand.address());
  }

  @AfterEach
  void nothingWasComplainedAbout() {
    assertEquals(List.of(), visitor.complaints());
  }

  @AfterAll
  void close() throws Exception {
    visitor.close();
    stand.close();
  }

  /** A window at one place of the page. */
  Page at(String path) {
    Page page = visitor.window();
    page.navigate(path);
    return page;
  }
}
