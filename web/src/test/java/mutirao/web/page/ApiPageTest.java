package mutirao.web.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.web.kit.Answer;
import mutirao.web.kit.Edge;
import mutirao.web.kit.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page that shows the document of the API. */
class ApiPageTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  /** What a strict policy does not let run, and what would put a stranger's text into the page. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:|innerHTML|outerHTML|insertAdjacent"
              + "|document\\.write|\\beval\\(|new Function");

  private final Edge edge = Edge.open();
  private final Http http = edge.http();

  @AfterEach
  void close() throws Exception {
    edge.close();
  }

  @Test
  void isThereWithAllItNeeds() {
    Answer page = http.get("/api");
    assertEquals(200, page.status());
    assertEquals("text/html", page.type());
    assertTrue(page.text().contains("Mutirão"));
    assertEquals(page.text(), http.get("/api/").text());

    List<String> references = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(page.text());
    while (matcher.find()) {
      references.add(matcher.group(1));
    }
    Map<String, String> types =
        Map.of(
            "js", "text/javascript",
            "css", "text/css",
            "json", "application/json",
            "/", "text/html");
    for (String reference : references) {
      Answer answer = http.get(reference);
      assertEquals(200, answer.status(), reference);
      String ending = reference.substring(reference.lastIndexOf('.') + 1);
      assertEquals(types.get(ending), answer.type(), reference);
    }
    assertTrue(references.containsAll(List.of("/api.js", "/api.css")), references::toString);
  }

  @Test
  void keepsToItsPolicy() {
    for (String path : List.of("/api", "/api.js", "/api.css")) {
      String text = http.get(path).text();
      assertFalse(FORBIDDEN.matcher(text).find(), path);
      assertFalse(text.contains("://"), path + " asks somebody else");
    }
    String page = http.get("/api").text();
    assertFalse(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(page).find());
    assertTrue(page.contains("width=device-width"));
    assertTrue(http.get("/api.css").text().contains("light-dark("));
  }

  @Test
  void saysTheSameInBothLanguages() {
    String script = http.get("/api.js").text();
    assertEquals(words(script, "en"), words(script, "pt"));
    for (String word : words(script, "en")) {
      assertTrue(script.contains("words." + word), word + " is said nowhere");
    }
  }

  private static List<String> words(String script, String language) {
    int from = script.indexOf(language + ": {");
    String object = script.substring(from, script.indexOf('}', from));
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("(\\w+): '").matcher(object);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    assertTrue(words.size() > 5, words::toString);
    return words;
  }
}
