package mutirao.raft.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquaintanceTest {
  /** Never both sides of a group, and never the one that is the majority. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, 2, false, true",
    "3, 2, 1, true, false",
    "3, 2, 1, false, false",
    "3, 1, 1, true, true",
    "3, 1, 1, false, false",
    "2, 1, 1, true, true",
    "2, 1, 1, false, false",
    "5, 2, 3, false, true",
    "5, 2, 2, true, true",
    "5, 3, 2, true, false"
  })
  void thoseThatAreFewerMakeWayAndElseTheLater(
      int members, int same, int different, boolean later, boolean expected) {
    assertEquals(expected, Acquaintance.makesWay(members, same, different, later));
  }

  @Test
  void versionsAreReadAsTheyWereSent() {
    Versions versions = new Versions(1, 300, 7);
    assertEquals(versions, Versions.of(ByteBuffer.wrap(versions.toBytes())));
    assertNull(Versions.of(ByteBuffer.wrap(new byte[3])));
  }
}
