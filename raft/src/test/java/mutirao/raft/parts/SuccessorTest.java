package mutirao.raft.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import mutirao.raft.parts.Successor.Candidate;
import org.junit.jupiter.api.Test;

class SuccessorTest {
  @Test
  void itIsTheOneThatHasBeenThereForTheLongest() {
    assertEquals(
        "n2",
        Successor.of(List.of(new Candidate("n3", 5000, 10), new Candidate("n2", 4990, 60_000))));
  }

  @Test
  void butNotOneThatIsFarBehind() {
    assertEquals(
        "n3",
        Successor.of(List.of(new Candidate("n3", 5000, 10), new Candidate("n2", 3000, 60_000))));
  }

  @Test
  void ofTheSameAgeItIsTheOneThatHasMore() {
    assertEquals(
        "n3", Successor.of(List.of(new Candidate("n2", 4990, 7), new Candidate("n3", 5000, 7))));
  }

  @Test
  void nobodyTakesOverWhereNobodyIsHeard() {
    assertNull(Successor.of(List.of()));
  }
}
