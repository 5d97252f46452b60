package mutirao.client.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import mutirao.client.tls.TlsOptions;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.protocol.codec.out.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a virtual thread that reads frames and one that writes what has gathered, many
 * lines at a time. It is used once; coming back needs a new one. Thread-safe.
 */
public final class Link {

  /** Who hears what arrives; called on the link's reading thread. */
  public interface Receiver {
    /** A frame arrived. */
    void frame(Link link, ServerFrame frame);

    /** The link is over; the last call. */
    void closed(Link link, String reason);
  }

  private static final Logger LOG = System.getLogger("mutirao.client");
  private static final int READ_BYTES = 16 * 1024;
  private static final int WRITE_BYTES = 64 * 1024;

  /**
   * A server is trusted with more than it takes from its clients: a page of history holds many
   * messages, and a result comes with more around it than it was sent with.
   */
  private static final int MAX_FRAME_BYTES = 128 * 1024 * 1024;

  /** Tells the writing thread to stop. */
  private static final byte[] END = {};

  private final ServerAddress address;
  private final Socket socket;

  /** What bytes go through: the socket, or TLS over it. */
  private final Socket talk;

  private final Timing timing;
  private final LinkedBlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
  private final AtomicInteger owedBytes = new AtomicInteger();
  private final AtomicReference<@Nullable String> closedBecause = new AtomicReference<>();
  private volatile long heardAtMs;
  private volatile @Nullable IOException failure;

  private Link(ServerAddress address, Socket socket, Socket talk, Timing timing) {
    this.address = address;
    this.socket = socket;
    this.talk = talk;
    this.timing = timing;
    this.heardAtMs = timing.nowMs();
  }

  /**
   * Connects.
   *
   * @param tls how to encrypt it; null: not at all
   * @throws IOException where that does not succeed within the time
   */
  static Link open(
      ServerAddress address,
      SocketFactory sockets,
      @Nullable TlsOptions tls,
      int timeoutMs,
      Timing timing)
      throws IOException {
    Socket socket = sockets.createSocket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(address.host(), address.port()), timeoutMs);
      Socket talk =
          tls == null ? socket : tls.over(socket, address.host(), address.port(), timeoutMs);
      return new Link(address, socket, talk, timing);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Begins to read and to write. */
  public void start(Receiver receiver) {
    Thread.ofVirtual().name("mutirao-write " + address).start(this::write);
    Thread.ofVirtual().name("mutirao-read " + address).start(() -> read(receiver));
  }

  /** Where it leads to. */
  public ServerAddress address() {
    return address;
  }

  /** When something was last read, by the clock of {@link Timing}. */
  public long heardAtMs() {
    return heardAtMs;
  }

  /** Bytes that wait to be written. */
  public int owedBytes() {
    return owedBytes.get();
  }

  /** Puts a line, with its newline, in line to be written; never waits. */
  public void send(byte[] line) {
    owedBytes.addAndGet(line.length);
    outgoing.add(line);
  }

  /** What the sockets said when reading ended; null: nothing, or it goes on. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * Cuts the connection without waiting for TLS to end, which a server that hangs would hold up;
   * our own goodbye was said before. The receiver will hear this reason unless there was an earlier
   * one.
   */
  public void close(String reason) {
    if (closedBecause.compareAndSet(null, reason)) {
      outgoing.add(END);
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "closing a socket failed", e);
      }
    }
  }

  private void read(Receiver receiver) {
    byte[] buffer = new byte[READ_BYTES];
    FrameReader<ServerFrame> reader = new FrameReader<>(FrameDecoder.server(), MAX_FRAME_BYTES);
    FrameReader.Sink<ServerFrame> sink = sink(receiver);
    try (InputStream in = talk.getInputStream()) {
      int length = in.read(buffer);
      while (length >= 0 && closedBecause.get() == null) {
        heardAtMs = timing.nowMs();
        reader.feed(buffer, 0, length, sink);
        length = in.read(buffer);
      }
      close("the server closed the connection");
    } catch (IOException e) {
      failure = e;
      close("the connection broke: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "reading stops because of a fault of the client's own", e);
      close("a fault of the client's own");
    }
    receiver.closed(this, String.valueOf(closedBecause.get()));
  }

  private FrameReader.Sink<ServerFrame> sink(Receiver receiver) {
    return new FrameReader.Sink<>() {
      @Override
      public void frame(ServerFrame frame) {
        receiver.frame(Link.this, frame);
      }

      @Override
      public void problem(Problem problem) {
        // Nothing after it could be relied on: whoever this is, it does not speak our protocol.
        close("the server sent what is no frame (" + problem.key() + ")");
      }
    };
  }

  @SuppressWarnings("ReferenceEquality") // END is a marker, told apart by being itself
  private void write() {
    ByteSink batch = new ByteSink(READ_BYTES);
    try {
      OutputStream out = talk.getOutputStream();
      byte[] line = outgoing.take();
      while (line != END) {
        batch.clear();
        while (line != null && line != END && batch.size() + line.length <= WRITE_BYTES) {
          batch.write(line);
          line = outgoing.poll();
        }
        if (batch.size() > 0) {
          out.write(batch.array(), 0, batch.size());
          owedBytes.addAndGet(-batch.size());
        } else if (line != null) {
          // Longer than a batch: not worth a copy.
          out.write(line);
          owedBytes.addAndGet(-line.length);
          line = null;
        }
        if (line == null) {
          line = outgoing.take();
        }
      }
    } catch (IOException e) {
      // In TLS the server's last word may be why it wants nothing more; whoever reads hears that
      // or the end, and closes.
      if (talk == socket) {
        close("the connection broke: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; were it to happen, the link could not go on.
      close("the writing thread was interrupted");
    }
  }
}
