package mutirao.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a {@link Loop} and the bytes still owed to it. Bytes written during a turn of the
 * loop leave in one call at its end. Belongs to the loop's thread.
 */
public final class Connection {
  private static final byte[] NONE = {};
  private static final int FIRST_CAPACITY = 1024;
  private static final int LARGEST_IDLE_CAPACITY = 1 << 20;

  private final Loop loop;
  private final SocketChannel channel;
  private final Role role;
  private final SelectionKey key;
  private final @Nullable Tls tls;
  private byte[] out = NONE;
  private ByteBuffer outView = ByteBuffer.wrap(NONE);
  private int outStart;
  private int outEnd;
  private byte[] unread = NONE;
  private int unreadLength;
  private boolean dirty;
  private boolean opened;
  private boolean closed;

  Connection(Loop loop, SocketChannel channel, Role role, SelectionKey key, @Nullable Tls tls) {
    this.loop = loop;
    this.channel = channel;
    this.role = role;
    this.key = key;
    this.tls = tls;
  }

  /** Who speaks here. */
  public Role role() {
    return role;
  }

  /** True once either side has closed. */
  public boolean isClosed() {
    return closed;
  }

  /** Bytes accepted for sending that the socket has not taken yet. */
  public int pendingBytes() {
    return outEnd - outStart + (tls == null ? 0 : tls.sealedBytes());
  }

  /**
   * Makes room for {@code length} bytes to be written directly into {@link #out()}; they count from
   * {@link #commit} on.
   *
   * @return the index of the first of them
   */
  public int reserve(int length) {
    if (out.length - outEnd < length) {
      makeRoom(length);
    }
    return outEnd;
  }

  /** The array behind {@link #reserve}; the next reserve may replace it. */
  public byte[] out() {
    return out;
  }

  /** Says that {@code length} reserved bytes are written and wants them sent. */
  public void commit(int length) {
    outEnd += length;
    markDirty();
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      loop.dirty(this);
    }
  }

  /** Appends bytes for sending. */
  public void write(byte[] bytes, int offset, int length) {
    int at = reserve(length);
    System.arraycopy(bytes, offset, out, at, length);
    commit(length);
  }

  /** Appends bytes for sending. */
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /**
   * Hands bytes straight to the socket where nothing waits before them; what it does not take is
   * kept for later.
   */
  public void writeThrough(ByteBuffer bytes) {
    if (closed) {
      return;
    }
    try {
      if (outEnd == outStart && tls == null) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      lost(e.toString());
      return;
    }
    int rest = bytes.remaining();
    if (rest > 0) {
      int at = reserve(rest);
      bytes.get(out, at, rest);
      commit(rest);
    }
  }

  /** Closes the socket without telling the role. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    key.cancel();
    loop.forget(this);
    try (channel) {
      if (tls != null) {
        tls.end(channel);
      }
    } catch (IOException e) {
      // The socket is gone either way, and nothing is owed to it any more.
      outStart = outEnd;
    }
  }

  void ready() {
    if (closed || !key.isValid()) {
      return;
    }
    int operations = key.readyOps();
    if ((operations & SelectionKey.OP_CONNECT) != 0 && !finishConnect()) {
      return;
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      flush();
    }
    if (!closed && (operations & SelectionKey.OP_READ) != 0) {
      read();
    }
  }

  private boolean finishConnect() {
    try {
      channel.finishConnect();
    } catch (IOException e) {
      lost(e.toString());
      return false;
    }
    key.interestOps(SelectionKey.OP_READ);
    return connected();
  }

  /** The socket stands; false where that is of no use. */
  boolean connected() {
    if (tls == null) {
      opened = true;
      role.opened(this);
      return true;
    }
    try {
      tls.begin();
    } catch (SSLException e) {
      lost(e.toString());
      return false;
    }
    markDirty();
    return true;
  }

  /** What a read has made of the encryption: more to say, and perhaps the end of a handshake. */
  private void afterHandshake(Tls handshake) {
    if (handshake.sealedBytes() > 0) {
      markDirty();
    }
    openedBy(handshake);
  }

  private void openedBy(Tls handshake) {
    if (!opened && handshake.established()) {
      opened = true;
      role.opened(this);
    }
  }

  private void read() {
    byte[] bytes = loop.readBytes(unreadLength);
    System.arraycopy(unread, 0, bytes, 0, unreadLength);
    ByteBuffer view = loop.readView();
    view.limit(bytes.length).position(unreadLength);
    int count;
    try {
      count = tls == null ? channel.read(view) : tls.read(channel, view);
    } catch (IOException e) {
      lost(e.toString());
      return;
    }
    if (count < 0) {
      lost("closed by the other side");
      return;
    }
    if (tls != null) {
      afterHandshake(tls);
      if (closed || count == 0) {
        return;
      }
    }
    loop.markRead();
    int end = unreadLength + count;
    int consumed = role.received(this, bytes, 0, end);
    keepUnread(bytes, consumed, end);
  }

  private void keepUnread(byte[] bytes, int from, int to) {
    unreadLength = to - from;
    if (unreadLength > unread.length) {
      unread = new byte[Math.max(unreadLength, Math.min(unread.length * 2, LARGEST_IDLE_CAPACITY))];
    }
    System.arraycopy(bytes, from, unread, 0, unreadLength);
  }

  /** Sends what is owed, as far as the socket takes it. */
  void flush() {
    dirty = false;
    if (closed) {
      return;
    }
    outView.limit(outEnd).position(outStart);
    boolean taken;
    try {
      taken = sent();
    } catch (IOException e) {
      lost(e.toString());
      return;
    }
    outStart = outView.position();
    if (outStart == outEnd) {
      outStart = 0;
      outEnd = 0;
    }
    if (taken) {
      want(SelectionKey.OP_READ);
    } else {
      want(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
    if (tls != null) {
      openedBy(tls);
    }
  }

  /** True where the socket took all that it can be given. */
  private boolean sent() throws IOException {
    if (tls == null) {
      channel.write(outView);
      return !outView.hasRemaining();
    }
    tls.seal(outView);
    return tls.send(channel);
  }

  private void want(int operations) {
    if (key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  private void lost(String reason) {
    close();
    role.closed(this, reason);
  }

  private void makeRoom(int length) {
    int pending = outEnd - outStart;
    if (out.length - pending >= length && outStart > 0) {
      System.arraycopy(out, outStart, out, 0, pending);
    } else {
      int capacity = Math.max(FIRST_CAPACITY, Math.max(out.length * 2, pending + length));
      byte[] larger = Arrays.copyOfRange(out, outStart, outStart + capacity);
      out = larger;
      outView = ByteBuffer.wrap(larger);
    }
    outStart = 0;
    outEnd = pending;
  }
}
