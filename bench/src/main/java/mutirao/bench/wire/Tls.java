package mutirao.bench.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * One connection's encryption: bytes between a socket and a {@link Connection}. What a connection
 * has to say in a turn becomes as few records as it fits into. Never waits; what a handshake has to
 * compute is computed at once. Belongs to the loop's thread.
 */
final class Tls {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Several records, so that a busy connection is read with one call. */
  private static final int RECEIVED_BYTES = 64 * 1024;

  private final SSLEngine engine;
  private final ByteBuffer received = ByteBuffer.allocate(RECEIVED_BYTES);
  private ByteBuffer sealed;
  private boolean established;

  private Tls(SSLEngine engine) {
    this.engine = engine;
    this.sealed = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
  }

  /** A client that checks that the server is who it was called, as a browser does. */
  static Tls client(SSLContext context, InetSocketAddress address) {
    SSLEngine engine = context.createSSLEngine(address.getHostString(), address.getPort());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return new Tls(engine);
  }

  /** Begins the handshake; the next {@link #seal} has its first words. */
  void begin() throws SSLException {
    engine.beginHandshake();
  }

  /** True once the handshake is over. */
  boolean established() {
    return established;
  }

  /** Encrypted bytes that the socket has not taken yet. */
  int sealedBytes() {
    return sealed.position();
  }

  /**
   * Reads what the socket has and decrypts it.
   *
   * @param plain where it goes; takes at least {@link #RECEIVED_BYTES}
   * @return how many bytes came out of it, which may be none, or -1 where the other side has closed
   */
  int read(SocketChannel channel, ByteBuffer plain) throws IOException {
    if (channel.read(received) < 0) {
      return -1;
    }
    int before = plain.position();
    received.flip();
    boolean more = true;
    while (more) {
      more = open(plain);
    }
    received.compact();
    return plain.position() - before;
  }

  /**
   * Decrypts a record, or does what the last one asked for; false where there is no whole one, or
   * there will be none any more.
   */
  private boolean open(ByteBuffer plain) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> compute();
      case NEED_WRAP -> seal(NOTHING);
      default -> {
        if (!received.hasRemaining()) {
          return false;
        }
        SSLEngineResult result = engine.unwrap(received, plain);
        notice(result);
        return switch (result.getStatus()) {
          case OK -> true;
          case BUFFER_UNDERFLOW, CLOSED -> false;
          case BUFFER_OVERFLOW -> throw new IllegalStateException("no room for a record");
        };
      }
    }
    return true;
  }

  /** Encrypts all of {@code plain}; during the handshake only what that has to say. */
  void seal(ByteBuffer plain) throws SSLException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        compute();
      } else if (status == HandshakeStatus.NEED_UNWRAP
          || (status == HandshakeStatus.NOT_HANDSHAKING && !plain.hasRemaining())) {
        return;
      } else if (!sealed(plain)) {
        return;
      }
    }
  }

  private boolean sealed(ByteBuffer plain) throws SSLException {
    SSLEngineResult result = engine.wrap(plain, sealed);
    notice(result);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      sealed = ByteBuffer.allocate(2 * sealed.capacity()).put(sealed.flip());
    }
    return result.getStatus() != SSLEngineResult.Status.CLOSED;
  }

  /** Sends what is encrypted; false where the socket did not take all of it. */
  boolean send(SocketChannel channel) throws IOException {
    sealed.flip();
    try {
      channel.write(sealed);
    } finally {
      sealed.compact();
    }
    return sealed.position() == 0;
  }

  /** Says goodbye, if the socket takes it. */
  void end(SocketChannel channel) throws IOException {
    if (channel.isConnected()) {
      engine.closeOutbound();
      boolean _ = sealed(NOTHING);
      boolean _ = send(channel);
    }
  }

  private void notice(SSLEngineResult result) {
    established |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }

  private void compute() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
