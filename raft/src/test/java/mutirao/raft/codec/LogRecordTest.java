package mutirao.raft.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.RandomLife;
import mutirao.core.Settings;
import mutirao.core.log.Log;
import org.junit.jupiter.api.Test;

class LogRecordTest {

  /** Logs written by version 1 are out there: these bytes are read, and written, for ever. */
  @Test
  void versionOneStaysAsItIs() throws IOException {
    List<String> golden;
    try (InputStream file = getClass().getResourceAsStream("/golden/records-v1.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      golden = text.lines().filter(line -> !line.startsWith("#")).toList();
    }
    List<LogRecord> records = Samples.records();

    assertEquals(records.size(), golden.size());
    for (int i = 0; i < golden.size(); i++) {
      byte[] bytes = HexFormat.of().parseHex(golden.get(i));
      assertArrayEquals(bytes, records.get(i).toBytes(), "record " + i);
      assertArrayEquals(bytes, LogRecord.of(bytes).toBytes(), "record " + i);
    }
  }

  @Test
  void theSamplesHaveEveryCommand() {
    Set<Class<?>> all = new HashSet<>(List.of(Command.class.getPermittedSubclasses()));
    all.remove(Command.OfAccount.class);
    all.addAll(List.of(Command.OfAccount.class.getPermittedSubclasses()));
    Samples.commands().forEach(command -> all.remove(command.getClass()));
    Samples.groupCommands().forEach(command -> all.remove(command.getClass()));
    Samples.accountCommands().forEach(command -> all.remove(command.getClass()));

    assertEquals(Set.of(), all);
  }

  @Test
  void aMachineFedFromBytesAnswersTheSame() throws IOException {
    Settings settings = new Settings(2000, 25, 4000);
    for (long seed = 0; seed < 50; seed++) {
      Machine first = new Machine(settings);
      Machine second = new Machine(settings);
      RandomLife life = new RandomLife(seed);
      for (int i = 0; i < 200; i++) {
        Entry entry = life.next(first.state());
        Log.Batch read = throughBytes(entry);
        Entry copy =
            new Entry(entry.index(), read.timeMs(), read.seed(), read.commands().getFirst());
        assertEquals(first.apply(entry).reply(), second.apply(copy).reply());
      }
      assertArrayEquals(bytes(first), bytes(second));
    }
  }

  @Test
  void truncatedRecordsAreRefused() {
    for (LogRecord record : Samples.records()) {
      byte[] bytes = record.toBytes();
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThrows(BadBytesException.class, () -> LogRecord.of(cut));
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThrows(BadBytesException.class, () -> LogRecord.of(longer));
    }
  }

  @Test
  void rubbishIsRefusedOrReadButDoesNoHarm() {
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Samples.records().get(2).toBytes();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        LogRecord.of(bytes);
      } catch (BadBytesException expected) {
        refused++;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    assertTrue(refused > 1000, "refused " + refused);
  }

  @Test
  void aLaterVersionIsNamed() {
    byte[] later = Samples.records().getFirst().toBytes();
    later[0] = 2;

    BadBytesException e = assertThrows(BadBytesException.class, () -> LogRecord.of(later));

    assertTrue(e.getMessage().contains("version 2"), e.getMessage());
  }

  static Log.Batch throughBytes(Entry entry) throws IOException {
    Log.Batch batch = new Log.Batch(1, entry.timeMs(), entry.seed(), List.of(entry.command()));
    LogRecord record = LogRecord.of(new LogRecord.OfBatch(3, batch).toBytes());
    return ((LogRecord.OfBatch) record).batch();
  }

  private static byte[] bytes(Machine machine) throws IOException {
    return SnapshotTest.write(new Snapshot(machine.state().image(), List.of(), Windows.NONE));
  }
}
