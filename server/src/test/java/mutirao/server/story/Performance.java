package mutirao.server.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import mutirao.server.story.wire.Wire;
import org.jspecify.annotations.Nullable;

/** A story on its way over a wire: who is connected, what was kept, and how a step is done. */
final class Performance {
  private static final String REGISTERED = "{\"type\":\"registered\",...}";

  private final Wire wire;
  private final Witness witness;
  private final Map<String, @Nullable Object> kept = new HashMap<>();
  private final Template template = new Template(kept);
  private final Set<String> connected = new LinkedHashSet<>();

  Performance(Wire wire, Witness witness) {
    this.wire = wire;
    this.witness = witness;
  }

  /** Everybody whose connection is not known to be over. */
  Set<String> connected() {
    return connected;
  }

  /** What was kept under a name. */
  Map<String, @Nullable Object> kept() {
    return kept;
  }

  /** Does what makes something happen; what is heard of it is left to {@link #next}. */
  void act(Step step) {
    switch (step) {
      case Step.Connects connects -> connect(connects.who());
      case Step.Registers registers -> {
        connect(registers.who());
        send(registers.who(), line(registers.frame()));
        String heard = next(registers.who());
        String mismatch = mismatch(REGISTERED, heard);
        if (mismatch != null) {
          throw new AssertionError(registers.who() + " could not register: " + heard);
        }
      }
      case Step.Sends sends -> send(sends.who(), line(template.fill(sends.frame())));
      case Step.SendsBytes sends -> send(sends.who(), sends.bytes());
      case Step.HangsUp hangsUp -> {
        wire.hangUp(hangsUp.who());
        connected.remove(hangsUp.who());
      }
      case Step.EndsInput ends -> wire.endInput(ends.who());
      case Step.StopsReading stops -> wire.reading(stops.who(), false);
      case Step.ReadsAgain again -> wire.reading(again.who(), true);
      case Step.TimePasses time -> wire.pass(time.ms());
      case Step.ShutsDown _ -> wire.shutDown();
      case Step.Hears _, Step.HearsNothing _, Step.IsClosed _ -> {}
    }
  }

  /** What a client hears next, with the wire's patience. */
  String next(String who) {
    return noted(who, wire.next(who));
  }

  /** What a client has heard by now. */
  String now(String who) {
    return noted(who, wire.now(who));
  }

  /** Why a frame is not the expected one; null where it is. */
  @Nullable String mismatch(String expected, String heard) {
    return heard.startsWith("{") ? template.mismatch(expected, heard) : "";
  }

  private String noted(String who, String heard) {
    if (heard.equals(Wire.CLOSED)) {
      connected.remove(who);
    } else if (!heard.equals(Wire.NOTHING)) {
      witness.heard(heard);
    }
    return heard;
  }

  private void connect(String who) {
    wire.connect(who);
    connected.add(who);
  }

  private void send(String who, byte[] bytes) {
    witness.sent(who, bytes);
    wire.send(who, bytes);
  }

  private static byte[] line(String frame) {
    return (frame + "\n").getBytes(UTF_8);
  }
}
