package mutirao.raft.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import mutirao.core.image.StateImage;

/**
 * Everything a server must know instead of the log up to one place.
 *
 * @param producers which batches were applied last, so that repeats are still known as such
 * @param windows what was made of the log, to be compared
 */
public record Snapshot(StateImage image, List<Producer> producers, Windows windows) {

  /** The version that is written; every version ever written is read. */
  public static final int VERSION = 3;

  private static final int ACCOUNTS_SINCE = 3;

  private static final byte[] MAGIC = {'m', 'u', 't', 'i', 'r', 'a', 'o', VERSION};

  /** The last batch applied of one producer. */
  public record Producer(long id, long lastBatch) {}

  /** Writes it into a stream that should be buffered, and leaves that open. */
  public void write(OutputStream stream) throws IOException {
    // Before anything can fail: until they are made the state keeps what they were.
    StateImage.OfTasks tasks = image.tasks().get();
    stream.write(MAGIC);
    Encoder out = new Encoder(stream);
    Images.write(out, image, tasks);
    out.number(producers.size());
    for (Producer producer : producers) {
      out.boundary();
      out.fixed(producer.id()).number(producer.lastBatch());
    }
    windows.write(out);
    out.finish();
  }

  /**
   * Reads what {@link #write} wrote, to the stream's end.
   *
   * @throws BadBytesException where it is something else, of a later version, or damaged
   */
  public static Snapshot read(InputStream stream) throws IOException {
    byte[] magic = stream.readNBytes(MAGIC.length);
    int last = MAGIC.length - 1;
    if (magic.length < MAGIC.length || !Arrays.equals(magic, 0, last, MAGIC, 0, last)) {
      throw new BadBytesException("this is no snapshot");
    }
    if (magic[last] < 1 || magic[last] > VERSION) {
      throw BadBytesException.ofVersion("snapshots", magic[last], VERSION);
    }
    Decoder in = new Decoder(stream);
    in.boundary();
    StateImage image = Images.read(in, magic[last] >= ACCOUNTS_SINCE);
    List<Producer> producers = in.list(each -> new Producer(each.fixed(), each.number()));
    // Version 1 compared with nobody.
    Windows windows = magic[last] == 1 ? Windows.NONE : Windows.read(in);
    in.finish();
    return new Snapshot(image, producers, windows);
  }
}
