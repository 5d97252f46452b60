package mutirao.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PayloadTest {
  private final byte[] original = new byte[Payload.LENGTH + 2];
  private final byte[] answer = new byte[Payload.LENGTH + 2];

  @Test
  void anAnswerIsRightForItsOwnNumberAlone() {
    for (long sequence = 0; sequence < 100; sequence++) {
      Payload.write(original, 1, 7, sequence);
      Payload.answer(original, 1, answer, 1);
      assertEquals(7, Payload.sender(answer, 1));
      assertEquals(sequence, Payload.sequence(answer, 1));
      assertTrue(Payload.isOriginal(original, 1, sequence));
      assertTrue(Payload.isAnswer(answer, 1, sequence));
      assertFalse(Payload.isAnswer(original, 1, sequence));
      assertFalse(Payload.isAnswer(answer, 1, sequence + 1));
    }
  }

  @Test
  void everyChangedByteIsSeen() {
    Payload.write(original, 0, 3, 123_456);
    Payload.answer(original, 0, answer, 0);
    for (int i = 0; i < Payload.LENGTH; i++) {
      answer[i] ^= 1;
      boolean right =
          Payload.sender(answer, 0) == 3
              && Payload.sequence(answer, 0) == 123_456
              && Payload.isAnswer(answer, 0, 123_456);
      assertFalse(right, "byte " + i);
      answer[i] ^= 1;
    }
  }
}
