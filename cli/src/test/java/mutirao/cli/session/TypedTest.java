package mutirao.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedTest {

  @Test
  void textIsText() {
    assertEquals(new Typed(null, " hi /x "), Typed.of(" hi /x "));
  }

  @Test
  void twoSlashesBeginTextWithOne() {
    assertEquals(new Typed(null, "/x y"), Typed.of("//x y"));
  }

  @Test
  void commandsAreTakenApart() {
    assertEquals(new Typed("list", ""), Typed.of("/LIST  "));
    assertEquals(new Typed("msg", "ana  oi"), Typed.of("/msg \t ana  oi"));
    assertEquals(new Typed("", ""), Typed.of("/"));
  }

  @Test
  void whatFollowsTheWordsStaysAsItWasTyped() {
    Typed typed = Typed.of("/text any  upper  a  b ");
    assertEquals(List.of("any", "upper", "a  b"), typed.split(2));
    assertEquals(List.of("any", "upper", "a", "b"), typed.words());
    assertEquals(List.of(), Typed.of("/text").split(2));
    assertEquals(List.of("any"), Typed.of("/text any").split(2));
  }
}
