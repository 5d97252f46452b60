package mutirao.server.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;
import mutirao.server.gateway.outbox.Outbox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted socket: its bytes to its peer, its peer's outbox to the socket, one write at a time.
 * Runs on the loop's thread, apart from {@link #flush} and {@link #close}, which anybody may call.
 */
// What goes wrong with a write or a close is told through the pipeline as well.
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpConnection extends ChannelInboundHandlerAdapter implements Transport, Outbox.Taker {
  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  /** How long a peer that is being closed may take to read its last frames. */
  private static final long CLOSE_GRACE_MS = 2000;

  private final Loop loop;
  private final SocketChannel channel;
  private final Peer peer;
  private final Addresses addresses;
  private final InetAddress address;
  private final boolean tls;

  /** Whether what is written is read as it is meant: as TLS, or where there is none. */
  private boolean mayWrite;

  private @Nullable String certificateName;
  private ChannelFuture lastWrite;
  private boolean closing;
  private boolean outputShut;

  /**
   * A connection.
   *
   * @param tls whether a {@link TlsDoor} is in front, which has to decide before anything is
   *     written
   */
  TcpConnection(Loop loop, SocketChannel channel, Addresses addresses, boolean tls) {
    this.loop = loop;
    this.channel = channel;
    this.addresses = addresses;
    InetSocketAddress from = channel.remoteAddress();
    // Where it is gone already, nobody knows.
    this.address = from == null ? InetAddress.getLoopbackAddress() : from.getAddress();
    this.tls = tls;
    this.mayWrite = !tls;
    this.peer = loop.gateway().connect(this);
    this.lastWrite = channel.newSucceededFuture();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    switch (addresses.enter(address)) {
      case WELCOME -> loop.gateway().welcome(peer);
      case TOO_MANY -> peer.turnAway(Problem.of(null, ErrorCode.OVERLOADED, "overloaded.address"));
      case FLOOD -> channel.close();
    }
    loop.schedulePump();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      byte[] scratch = loop.scratch();
      while (bytes.isReadable()) {
        int length = Math.min(bytes.readableBytes(), scratch.length);
        bytes.readBytes(scratch, 0, length);
        peer.receive(scratch, 0, length);
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    loop.schedulePump();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    addresses.leave(address);
    peer.disconnected();
    loop.schedulePump();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case ChannelInputShutdownEvent _ -> inputEnded();
      case SslCloseCompletionEvent ended when ended.isSuccess() -> inputEnded();
      case SslHandshakeCompletionEvent done when done.isSuccess() ->
          certificateName = TlsNames.of(channel.pipeline().get(SslHandler.class));
      case TlsDoor.Decision decision -> {
        mayWrite = true;
        if (decision == TlsDoor.Decision.PLAIN) {
          peer.turnAway(Problem.of(null, ErrorCode.MALFORMED, "malformed.tls"));
          loop.schedulePump();
        }
        write();
      }
      default -> {}
    }
  }

  private void inputEnded() {
    if (outputShut) {
      channel.close();
      return;
    }
    peer.inputEnded();
    loop.schedulePump();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    Throwable within = thrown instanceof DecoderException ? thrown.getCause() : null;
    Throwable cause = within == null ? thrown : within;
    if (cause instanceof IOException) {
      LOG.debug("connection from {} broke: {}", remote(), cause.getMessage());
      context.close();
    } else {
      LOG.error("connection from {} is closed because of a fault of ours", remote(), cause);
      peer.failed();
      loop.schedulePump();
    }
  }

  @Override
  public void flush() {
    if (channel.eventLoop().inEventLoop()) {
      write();
    } else {
      channel.eventLoop().execute(this::write);
    }
  }

  @Override
  public void close() {
    channel.eventLoop().execute(this::closeInOrder);
  }

  @Override
  public String remote() {
    return String.valueOf(channel.remoteAddress());
  }

  @Override
  public @Nullable String certificateName() {
    return certificateName;
  }

  private void write() {
    if (!mayWrite) {
      return;
    }
    while (!outputShut && peer.outbox().take(this)) {
      if (!flushed()) {
        return;
      }
    }
    if (closing && !outputShut && peer.outbox().owedBytes() == 0) {
      shutOutput();
    }
  }

  /** Copies into memory the kernel can read from, so that the outbox keeps its array. */
  @Override
  public void take(byte[] bytes, int length) {
    lastWrite = channel.write(channel.alloc().directBuffer(length).writeBytes(bytes, 0, length));
  }

  @Override
  public void takeShared(Outbox.Shared lines) {
    ByteBuf shared = loop.shared(lines, channel.alloc());
    // TLS gathers what is small in the first of several buffers, which must not be everybody's.
    lastWrite = channel.write(tls ? shared.asReadOnly() : shared);
  }

  /** True where the kernel took the last write at once; else the rest goes on when it has. */
  private boolean flushed() {
    channel.flush();
    ChannelFuture write = lastWrite;
    if (write.isDone()) {
      return sent(write);
    }
    write.addListener(
        future -> {
          if (sent(future)) {
            write();
          }
        });
    return false;
  }

  private boolean sent(Future<?> write) {
    peer.outbox().sent();
    if (!write.isSuccess()) {
      channel.close();
    }
    return write.isSuccess();
  }

  private void closeInOrder() {
    if (!closing) {
      closing = true;
      channel.eventLoop().schedule(this::closeNow, CLOSE_GRACE_MS, TimeUnit.MILLISECONDS);
      write();
    }
  }

  /**
   * Closing a socket with unread input makes the kernel reset the connection, and the last frame is
   * lost on the way. So only our side is closed, and what still comes is read and dropped until the
   * other side closes too.
   */
  private void shutOutput() {
    outputShut = true;
    if (channel.isInputShutdown()) {
      channel.close();
      return;
    }
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      shutSocketOutput();
    } else {
      handler.closeOutbound().addListener(_ -> shutSocketOutput());
    }
  }

  private void shutSocketOutput() {
    channel.shutdownOutput().addListener(future -> onOutputShut(future.isSuccess()));
  }

  private void onOutputShut(boolean success) {
    if (!success) {
      channel.close();
    }
  }

  private void closeNow() {
    channel.close();
  }
}
