package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.Injection;
import mutirao.chaos.fault.LogFolder;
import mutirao.chaos.fault.ServerProcess;

/** What happens to a server. */
public final class ServerFaults {
  /** The exit code of a server that cannot go on (sysexits.h: EX_SOFTWARE). */
  public static final int BROKEN = 70;

  private static final long LYING_MS = 2000;

  private ServerFaults() {}

  /** {@code kill -9}, and a new start. */
  public static void crash(ServerProcess server, long downMs)
      throws IOException, InterruptedException {
    server.kill();
    TimeUnit.MILLISECONDS.sleep(downMs);
    server.start();
  }

  /** SIGTERM, which it must obey with exit code 0, and a new start. */
  public static void restart(ServerProcess server, long downMs)
      throws IOException, InterruptedException {
    int code = server.terminate();
    if (code != 0) {
      throw new IOException("asked to end, it ended with " + code + "; it said " + server.said());
    }
    TimeUnit.MILLISECONDS.sleep(downMs);
    server.start();
  }

  /** Stopped where it stands, and continued. */
  public static void pause(ServerProcess server, long downMs)
      throws IOException, InterruptedException {
    server.pause();
    TimeUnit.MILLISECONDS.sleep(downMs);
    server.unpause();
  }

  /** The power of the machine with that disk is cut, and comes back. */
  public static Fault powerCut(DiskImage disk) {
    return (server, downMs) -> {
      disk.cutPower(server);
      TimeUnit.MILLISECONDS.sleep(downMs);
      server.start();
    };
  }

  /**
   * A power cut of a disk that only says that everything is on it: what such a disk loses must be
   * found.
   */
  public static Fault lyingDisk(DiskImage disk) {
    return (server, downMs) -> {
      try (Injection _ = Injection.into(server, "fsync,fdatasync:retval=0")) {
        TimeUnit.MILLISECONDS.sleep(LYING_MS);
        disk.cutPower(server);
      }
      server.start();
    };
  }

  /** Forcing to the disk fails, once a thread; the server must end by itself at the first. */
  public static Fault failingSync() {
    return (server, downMs) -> failing(server, downMs, "fsync,fdatasync");
  }

  /**
   * Writing to the log fails, as above.
   *
   * @param data the server's folder
   */
  public static Fault failingWrite(Path data) {
    return (server, downMs) ->
        failing(
            server,
            downMs,
            "write,pwrite64,writev",
            "-P",
            new LogFolder(data).openSegment().toString());
  }

  private static void failing(ServerProcess server, long downMs, String calls, String... more)
      throws IOException, InterruptedException {
    try (Injection _ = Injection.into(server, calls + ":error=EIO:when=1", more)) {
      mustBreak(server);
    }
    TimeUnit.MILLISECONDS.sleep(downMs);
    server.start();
  }

  /** It ends by itself, as one that cannot go on. */
  static void mustBreak(ServerProcess server) throws IOException, InterruptedException {
    int code = server.awaitEnd();
    if (code != BROKEN) {
      throw new IOException("it ended with " + code + "; it said " + server.said());
    }
  }

  private static void mustNotStart(ServerProcess server) throws IOException, InterruptedException {
    try {
      server.start();
    } catch (IOException e) {
      // One that hangs is not one that ends.
      server.awaitEnd();
      return;
    }
    throw new IllegalStateException("it starts where it cannot work");
  }

  /**
   * The disk is full in a while; the server must end by itself. Then there is space again.
   *
   * @param full as long as this file is there, the disk is filled at a start
   */
  public static Fault fullDisk(DiskImage disk, Path full) {
    return (server, downMs) -> {
      mustBreak(server);
      disk.awaitUnmounted();
      mustNotStart(server);
      disk.awaitUnmounted();
      Files.delete(full);
      TimeUnit.MILLISECONDS.sleep(downMs);
      server.start();
    };
  }
}
