package mutirao.server.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state is written to a file without a name in the data folder, and sent from there in parts as
 * the client asks for them: the client sets the pace, and what it has not fetched costs no memory.
 */
public final class OpenBackups implements Backups {
  private static final Logger LOG = LoggerFactory.getLogger(OpenBackups.class);

  /** Each needs the room of the state on the disk. */
  private static final int MAX_AT_ONCE = 2;

  private static final int PART_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Writes the state, and tells up to which place in the log it has everything. */
  @FunctionalInterface
  public interface StateWriter {
    long write(OutputStream out) throws IOException;
  }

  private final Path folder;
  private final String node;
  private final int partBytes;
  private final StateWriter writer;
  private final LongSupplier clock;
  private final Consumer<Runnable> onOwner;
  private final Map<Long, Open> open = new HashMap<>();

  /** A backup that is being made or sent; null until it is made. */
  private static final class Open {
    private @Nullable Made made;
    private boolean busy = true;
  }

  private record Made(FileChannel file, long size, long position, long timeMs) {}

  /**
   * Backups of one server.
   *
   * @param folder where there is room for them
   * @param maxFrameBytes no part makes a frame longer than this
   * @param clock epoch milliseconds
   * @param onOwner runs something on the thread that asks
   */
  public OpenBackups(
      Path folder,
      String node,
      int maxFrameBytes,
      StateWriter writer,
      LongSupplier clock,
      Consumer<Runnable> onOwner) {
    this.folder = folder;
    this.node = node;
    // Base64 makes three bytes four, and the rest of the frame needs some room.
    this.partBytes = Math.min(PART_BYTES, maxFrameBytes / 2);
    this.writer = writer;
    this.clock = clock;
    this.onOwner = onOwner;
  }

  @Override
  public void handle(long connection, ClientFrame.Backup asked, Consumer<Answer> then) {
    Long offset = asked.offset();
    if (offset == null) {
      begin(connection, asked.ref(), then);
    } else {
      goOn(connection, offset, asked.ref(), then);
    }
  }

  private void begin(long connection, @Nullable RawJson ref, Consumer<Answer> then) {
    gone(connection);
    if (open.size() >= MAX_AT_ONCE) {
      then.accept(new Answer.Refused("others are being made; try again later"));
      return;
    }
    Open begun = new Open();
    open.put(connection, begun);
    inBackground(connection, begun, ref, 0, then, this::make);
  }

  private void goOn(long connection, long offset, @Nullable RawJson ref, Consumer<Answer> then) {
    Open known = open.get(connection);
    Made made = known == null ? null : known.made;
    if (known == null || made == null || known.busy || offset >= made.size()) {
      then.accept(new Answer.Refused("none with such a part is open on this connection"));
      return;
    }
    known.busy = true;
    inBackground(connection, known, ref, offset, then, () -> made);
  }

  /** What gives the file to read from. */
  @FunctionalInterface
  private interface Source {
    Made get() throws IOException;
  }

  private void inBackground(
      long connection,
      Open of,
      @Nullable RawJson ref,
      long offset,
      Consumer<Answer> then,
      Source source) {
    Thread.ofVirtual()
        .name("mutirao-backup")
        .start(
            () -> {
              try {
                Made made = source.get();
                ServerFrame.BackupPart part = part(made, offset, ref);
                onOwner.accept(() -> then.accept(settle(connection, of, made, part)));
              } catch (IOException | RuntimeException e) {
                LOG.warn("a backup came to nothing", e);
                onOwner.accept(() -> then.accept(failed(connection, of, e)));
              }
            });
  }

  private Made make() throws IOException {
    Path file = Files.createTempFile(folder, "backup-", ".tmp");
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      long position = writer.write(out);
      out.flush();
      return new Made(channel, channel.size(), position, clock.getAsLong());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private ServerFrame.BackupPart part(Made made, long offset, @Nullable RawJson ref)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(partBytes, made.size() - offset));
    while (bytes.hasRemaining()) {
      if (made.file().read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the backup is shorter than it was");
      }
    }
    String data = Base64.getEncoder().encodeToString(bytes.array());
    return new ServerFrame.BackupPart(
        ref, node, made.position(), made.timeMs(), made.size(), offset, data);
  }

  private Answer settle(long connection, Open of, Made made, ServerFrame.BackupPart part) {
    of.made = made;
    of.busy = false;
    boolean wanted = of.equals(open.get(connection));
    boolean last = part.offset() + partBytes >= made.size();
    if (!wanted || last) {
      open.remove(connection, of);
      close(made);
    }
    return new Answer.Part(part);
  }

  private Answer failed(long connection, Open of, Exception why) {
    open.remove(connection, of);
    if (of.made != null) {
      close(of.made);
    }
    return new Answer.Refused(String.valueOf(why.getMessage()));
  }

  @Override
  public void gone(long connection) {
    Open left = open.remove(connection);
    // One that is being read is closed when that is done.
    if (left != null && left.made != null && !left.busy) {
      close(left.made);
    }
  }

  private static void close(Made made) {
    try {
      made.file().close();
    } catch (IOException e) {
      LOG.warn("a finished backup was not closed in order", e);
    }
  }
}
