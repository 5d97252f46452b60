package mutirao.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mutirao.core.Machine;
import mutirao.core.log.MemoryLog;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.Gateway;
import mutirao.server.story.wire.ManualClock;
import org.junit.jupiter.api.Test;

/** Messages that are encoded once for all: everybody hears what is theirs, in one order. */
class ManyMessagesInOneTurnTest {
  private static final long SEED = 42;
  private static final String FILLING = "x".repeat(100);
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  private final Gateway gateway = gateway(RunningServer.CONFIG);

  private static Gateway gateway(ServerConfig config) {
    return new Gateway(
        config,
        new MemoryLog(),
        new Machine(config.settings()),
        new ManualClock(),
        new Random(SEED)::nextBytes);
  }

  private static String broadcast(String more) {
    return "{\"type\":\"broadcast\",\"message\":\"" + FILLING + "\"" + more + "}\n";
  }

  /** What somebody heard: broadcasts as their numbers, with their ref, the rest as its type. */
  private static List<String> heard(Reader reader) {
    List<String> heard = new ArrayList<>();
    for (String line : reader.takeText().lines().toList()) {
      String type = line.substring("{\"type\":\"".length(), line.indexOf('"', 9));
      Matcher seq = SEQ.matcher(line);
      boolean isBroadcast = type.equals("broadcast") && seq.find();
      String ref = line.contains("\"ref\":1,") ? "!" : "";
      heard.add(isBroadcast ? seq.group(1) + ref : type);
    }
    return heard;
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  @Test
  void whatEverybodyHearsIsSharedAndWhatOneHearsKeepsItsPlace() {
    Reader ana = Reader.registered(gateway, "ana");
    Reader bia = Reader.registered(gateway, "bia");
    Reader caio = Reader.registered(gateway, "caio");
    ana.say(broadcast("").repeat(40));
    ana.say(broadcast(",\"ref\":1"));
    ana.say(broadcast("").repeat(19));
    ana.say("{\"type\":\"ping\"}\n");
    ana.say("{\"type\":\"direct\",\"target\":\"bia\",\"message\":\"oi\"}\n");
    ana.say(broadcast("").repeat(40));
    gateway.pump();
    assertEquals(
        all(numbers(1, 40), List.of("41!"), numbers(42, 60), List.of("pong"), numbers(61, 100)),
        heard(ana));
    assertEquals(all(numbers(1, 60), List.of("direct"), numbers(61, 100)), heard(bia));
    assertEquals(numbers(1, 100), heard(caio));
    assertEquals(1, caio.sharedPieces());
  }

  @Test
  void sharedLinesComeAfterOwnOnesOfTheSameTurn() {
    Reader ana = Reader.registered(gateway, "ana");
    Reader bia = Reader.registered(gateway, "bia");
    bia.say("{\"type\":\"ping\"}\n");
    ana.say(broadcast("").repeat(100));
    gateway.pump();
    bia.say("{\"type\":\"workers\"}\n");
    gateway.pump();
    assertEquals(all(List.of("pong"), numbers(1, 100), List.of("worker_list")), heard(bia));
    assertEquals(1, bia.sharedPieces());
  }

  @Test
  void whoLeavesOrEntersInTheMiddleHearsTheMessagesOfItsTime() {
    Reader ana = Reader.registered(gateway, "ana");
    Reader bia = Reader.registered(gateway, "bia");
    Reader caio = Reader.registered(gateway, "caio");
    Reader dora = Reader.connect(gateway);
    ana.say(broadcast("").repeat(50));
    bia.say("{\"type\":\"leave\",\"room\":\"lobby\"}\n");
    caio.say("{\"type\":\"quit\"}\n");
    ana.say(broadcast("").repeat(50));
    bia.say("{\"type\":\"join\",\"room\":\"lobby\"}\n");
    dora.say("{\"type\":\"register\",\"name\":\"dora\",\"presence\":false}\n");
    ana.say(broadcast("").repeat(50));
    gateway.pump();
    assertEquals(numbers(1, 150), heard(ana));
    assertEquals(all(numbers(1, 50), List.of("left", "joined"), numbers(101, 150)), heard(bia));
    assertEquals(all(numbers(1, 50), List.of("bye")), heard(caio));
    assertEquals(all(List.of("registered"), numbers(101, 150)), heard(dora));
  }

  @Test
  void messagesOfSeveralRoomsDoNotMix() {
    Reader ana = Reader.registered(gateway, "ana");
    Reader bia = Reader.registered(gateway, "bia");
    Reader caio = Reader.registered(gateway, "caio");
    String join = "{\"type\":\"join\",\"room\":\"obra\"}\n";
    ana.say(join);
    bia.say(join);
    gateway.pump();
    ana.takeText();
    bia.takeText();
    ana.say(broadcast("").repeat(50));
    ana.say(broadcast(",\"room\":\"obra\"").repeat(60));
    ana.say(broadcast("").repeat(50));
    gateway.pump();
    assertEquals(all(numbers(1, 50), numbers(1, 60), numbers(51, 100)), heard(bia));
    assertEquals(numbers(1, 100), heard(caio));
  }

  @Test
  void whoDoesNotReadIsCutOffForSharedLinesTooAndTheOthersHearAll() {
    Gateway narrow = gateway(RunningServer.CONFIG.withBounds(10_000, 20_000, 100));
    Reader ana = Reader.registered(narrow, "ana");
    Reader bia = Reader.registered(narrow, "bia");
    Reader slow = Reader.registered(narrow, "slow");
    slow.stopReading();
    int turns = 4;
    int aTurn = 50;
    for (int i = 0; i < turns; i++) {
      ana.say(broadcast("").repeat(aTurn));
      narrow.pump();
      assertTrue(slow.owedBytes() <= 20_000, slow.owedBytes() + " bytes are kept");
    }
    assertEquals(numbers(1, turns * aTurn), heard(ana));
    assertEquals(numbers(1, turns * aTurn), heard(bia));
    slow.startReading();
    String last = slow.takeText().lines().reduce("", (_, line) -> line);
    assertTrue(last.contains("\"slow_consumer\""), last);
  }
}
