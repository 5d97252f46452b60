package mutirao.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mutirao.core.Command;
import mutirao.core.Origin;
import mutirao.core.RandomLife;
import mutirao.core.Settings;
import mutirao.core.log.Log;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.codec.LogRecord;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is there after a restart. */
class RestartTest {
  @TempDir private Path folder;

  @Test
  void aRestartBringsEverythingBack() throws Exception {
    RandomLife life = new RandomLife(1);
    for (int start = 0; start < 4; start++) {
      String before;
      try (Rig rig = Rig.start(folder)) {
        rig.live(life, 50);
        before = rig.dump();
      }
      try (Rig rig = Rig.start(folder)) {
        assertEquals(before, rig.dump());
        assertEquals(List.of(), rig.faults);
      }
    }
  }

  @Test
  void aLogWithoutFsyncComesBackToo() throws Exception {
    RatisOptions careless = Rig.options(folder).withSync(RatisOptions.Sync.NONE);
    String before;
    try (Rig rig = Rig.start(careless)) {
      rig.live(new RandomLife(2), 100);
      before = rig.dump();
    }
    try (Rig rig = Rig.start(careless)) {
      assertEquals(before, rig.dump());
    }
  }

  /** As in a group of which another server is newer, or after going back to an older program. */
  @Test
  void aRecordOfALaterVersionStopsTheServer() throws Exception {
    byte[] later = new LogRecord.OfSettings(Rig.SETTINGS).toBytes();
    later[0] = LogRecord.VERSION + 1;
    try (Rig rig = Rig.start(folder)) {
      String before = rig.live(new RandomLife(3), 5).dump();
      var _ = rig.log.courier().write(ByteString.copyFrom(later));
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (rig.faults.isEmpty()) {
        assertTrue(System.nanoTime() < endNs, "it goes on");
        Thread.onSpinWait();
      }
      BadBytesException why = assertInstanceOf(BadBytesException.class, rig.faults.getFirst());
      assertTrue(why.later(), why.getMessage());
      assertEquals(before, rig.dump());
    }
  }

  @Test
  void aBatchThatIsInTheLogTwiceTakesEffectOnce() throws Exception {
    Command join = new Command.JoinRoom(1, "obras");
    ByteString bytes =
        ByteString.copyFrom(
            new LogRecord.OfBatch(99, new Log.Batch(5, 1, 1, List.of(join, join))).toBytes());
    try (Rig rig = Rig.start(folder)) {
      for (int i = 0; i < 3; i++) {
        assertTrue(rig.log.courier().write(bytes).get(20, TimeUnit.SECONDS).isSuccess());
      }
      assertEquals(1, rig.batches.size());
      assertEquals(2, rig.machine.state().lastIndex());
    }
    try (Rig rig = Rig.start(folder)) {
      assertEquals(2, rig.machine.state().lastIndex());
      rig.log.courier().write(bytes).get(20, TimeUnit.SECONDS);
      assertEquals(2, rig.machine.state().lastIndex());
    }
  }

  @Test
  void otherSettingsCountFromTheRestartOn() throws Exception {
    Settings other = new Settings(77, 1000, 100_000);
    String before;
    try (Rig rig = Rig.start(folder)) {
      rig.live(new RandomLife(3), 100);
    }
    RatisOptions options = RatisOptions.of(folder, "node-1", other);
    try (Rig rig = Rig.start(options)) {
      assertEquals(other, rig.machine.state().settings());
      rig.append(
          new Command.OpenSession(
              new Origin("node-1", 1),
              "dora",
              mutirao.core.session.SessionRole.CLIENT,
              List.of(),
              0,
              false,
              true,
              "fresh"));
      before = rig.dump();
    }
    try (Rig rig = Rig.start(options)) {
      assertEquals(before, rig.dump());
    }
  }

  @Test
  void anEntryThatCannotBeAppliedIsAFault() throws Exception {
    try (Rig rig = Rig.start(folder)) {
      ByteString rubbish = ByteString.copyFrom(new byte[] {1, 99});
      rig.log.courier().write(rubbish);

      assertEquals("no record: 99", firstFault(rig).getMessage());
    }
  }

  private static Throwable firstFault(Rig rig) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (rig.faults.isEmpty()) {
      assertTrue(System.nanoTime() < endNs, "no fault was told");
      Thread.onSpinWait();
    }
    return rig.faults.getFirst();
  }
}
