package mutirao.raft.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.Origin;
import mutirao.core.RandomLife;
import mutirao.core.Settings;
import mutirao.core.StateDump;
import mutirao.core.image.StateImage;
import mutirao.core.log.Log;
import mutirao.core.session.SessionRole;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Settings SMALL = new Settings(2000, 25, 4000);
  private static final Windows WINDOWS =
      new Windows(
          1,
          true,
          -3,
          List.of(new Windows.Window(100, 5), new Windows.Window(203, Long.MIN_VALUE)));

  @Test
  void aMachineComesBackFromBytesToTheLastLink() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      Machine machine = live(seed, 50 + (int) seed * 3);
      Snapshot snapshot = read(write(snapshot(machine)));

      assertEquals(StateDump.of(machine.state()), StateDump.of(restored(snapshot).state()));
      assertEquals(List.of(new Snapshot.Producer(-1, 7)), snapshot.producers());
    }
  }

  /** Until an image is made the state keeps what was; a backup may end at its first byte. */
  @Test
  void anImageIsMadeWhateverBecomesOfTheStream() throws IOException {
    AtomicInteger made = new AtomicInteger();
    StateImage image = live(3, 100).state().image();
    Supplier<StateImage.OfTasks> counted =
        () -> {
          made.incrementAndGet();
          return image.tasks().get();
        };
    StateImage watched =
        new StateImage(
            image.settings(),
            image.nowMs(),
            image.lastIndex(),
            image.orders(),
            image.sessions(),
            image.rooms(),
            image.keys(),
            image.keysDue(),
            counted,
            image.accounts());
    Snapshot snapshot = new Snapshot(watched, List.of(), WINDOWS);
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("nobody reads any more");
          }
        };

    assertThrows(IOException.class, () -> snapshot.write(gone));
    assertEquals(1, made.get());
  }

  /** Snapshots written by version 1 are out there: they are read for ever. */
  @Test
  void versionOneIsRead() throws IOException {
    Snapshot snapshot = read(golden("snapshot-v1.bin"));
    Machine machine = restored(snapshot);

    assertEquals(250, machine.state().lastIndex());
    assertTrue(machine.state().tasks().size() > 0);
    assertTrue(machine.state().sessions().size() > 0);
    assertEquals(Windows.NONE, snapshot.windows());
    assertTrue(machine.state().accounts().isEmpty());
    assertEquals(
        StateDump.of(restored(read(golden("snapshot-v2.bin"))).state()),
        StateDump.of(machine.state()));
  }

  /** So are those of version 2. */
  @Test
  void versionTwoIsRead() throws IOException {
    Snapshot snapshot = read(golden("snapshot-v2.bin"));
    Machine machine = restored(snapshot);

    assertEquals(250, machine.state().lastIndex());
    assertEquals(WINDOWS, snapshot.windows());
    assertTrue(machine.state().tasks().size() > 0);
    assertTrue(machine.state().accounts().isEmpty());
  }

  /** Those of version 3 are read, and written, for ever. */
  @Test
  void versionThreeStaysAsItIs() throws IOException {
    byte[] golden = golden("snapshot-v3.bin");
    Snapshot snapshot = read(golden);
    Machine machine = restored(snapshot);

    assertArrayEquals(golden, write(snapshot));
    assertEquals(250, machine.state().lastIndex());
    assertTrue(machine.state().accounts().users().size() > 1);
    assertTrue(machine.state().accounts().tokens().size() > 1);
    assertTrue(machine.state().sessions().all().stream().anyMatch(s -> s.login() != null));
    assertEquals(WINDOWS, snapshot.windows());
    // Then, deadlines that did not wait told when they once did.
    assertArrayEquals(golden("snapshot-v3-without-past-deadlines.bin"), write(snapshot(machine)));
    assertEquals(
        StateDump.of(machine.state()),
        StateDump.of(restored(read(write(snapshot(machine)))).state()));
  }

  private byte[] golden(String name) throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }

  @Test
  void aLargeStateIsWrittenInManyChunks() throws IOException {
    Machine machine = new Machine(Settings.DEFAULT);
    Origin origin = new Origin("n", 1);
    machine.apply(
        new Entry(
            1,
            1,
            1,
            new Command.OpenSession(
                origin, "ana", SessionRole.CLIENT, List.of(), 0, false, true, "s")));
    byte[] text = ("\"" + "x".repeat(60_000) + "\"").getBytes(UTF_8);
    for (int i = 2; i < 100; i++) {
      machine.apply(new Entry(i, i, i, new Command.SendDirect(1, "ana", text, null)));
      machine.apply(new Entry(++i, i, i, new Command.PostMessage(1, "lobby", text, null)));
    }
    byte[] bytes = write(snapshot(machine));

    assertTrue(bytes.length > Encoder.CHUNK_BYTES * 3 / 2);
    assertEquals(StateDump.of(machine.state()), StateDump.of(restored(read(bytes)).state()));
  }

  @Test
  void everyFlippedBitAndEveryCutIsNoticed() throws IOException {
    byte[] bytes = write(snapshot(live(3, 200)));
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2000; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertThrows(BadBytesException.class, () -> read(flipped));
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThrows(BadBytesException.class, () -> read(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(BadBytesException.class, () -> read(longer));
  }

  @Test
  void aLaterVersionIsNamed() throws IOException {
    byte[] later = write(snapshot(live(3, 20)));
    later[7] = 4;

    BadBytesException e = assertThrows(BadBytesException.class, () -> read(later));

    assertTrue(e.getMessage().contains("version 4"), e.getMessage());
  }

  static byte[] write(Snapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    snapshot.write(out);
    return out.toByteArray();
  }

  private static Snapshot read(byte[] bytes) throws IOException {
    return Snapshot.read(new ByteArrayInputStream(bytes));
  }

  private static Snapshot snapshot(Machine machine) {
    return new Snapshot(machine.state().image(), List.of(new Snapshot.Producer(-1, 7)), WINDOWS);
  }

  /** As a server lives: each entry is read from bytes, so that no two share an object. */
  private static Machine live(long seed, int entries) throws IOException {
    Machine machine = new Machine(SMALL);
    RandomLife life = new RandomLife(seed);
    for (int i = 0; i < entries; i++) {
      Entry entry = life.next(machine.state());
      Log.Batch batch = LogRecordTest.throughBytes(entry);
      machine.apply(
          new Entry(entry.index(), batch.timeMs(), batch.seed(), batch.commands().getFirst()));
    }
    return machine;
  }

  private static Machine restored(Snapshot snapshot) {
    Machine machine = new Machine(SMALL);
    machine.restore(snapshot.image());
    return machine;
  }
}
