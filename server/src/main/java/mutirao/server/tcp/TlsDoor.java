package mutirao.server.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first byte of a connection: a TLS handshake goes on as one, anything else is told
 * that this port takes TLS only. Until then nothing is written, because nobody knows in what.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // Of listeners; what goes wrong comes by the pipeline.
final class TlsDoor extends ChannelDuplexHandler {
  /** The type of the first record of every connection in TLS. */
  private static final byte HANDSHAKE = 22;

  private static final int IDLE_SECONDS = 5;

  /** How long a client that was refused may take to hear why. */
  private static final long LINGER_MS = 2000;

  /** What a connection turned out to be. */
  enum Decision {
    TLS,
    PLAIN
  }

  private final Supplier<SslContext> context;
  private final Executor handshakes;
  private final long handshakeTimeoutMs;
  private @Nullable SslHandler tls;
  private boolean plain;
  private boolean refusing;

  TlsDoor(Supplier<SslContext> context, Executor handshakes, long handshakeTimeoutMs) {
    this.context = context;
    this.handshakes = handshakes;
    this.handshakeTimeoutMs = handshakeTimeoutMs;
  }

  /**
   * Threads for signing and checking, a millisecond a connection: a flood of handshakes must not
   * hold up who is connected. A connection has one such task at a time.
   */
  static Executor handshakes() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("mutirao-tls-", 1).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (tls != null && !refusing) {
      context.fireChannelRead(bytes);
    } else if (plain || refusing || !bytes.isReadable()) {
      ReferenceCountUtil.release(bytes);
    } else if (bytes.getByte(bytes.readerIndex()) == HANDSHAKE) {
      SslHandler handler = this.context.get().newHandler(context.alloc(), handshakes);
      handler.setHandshakeTimeoutMillis(handshakeTimeoutMs);
      tls = handler;
      context.pipeline().addAfter(context.name(), null, handler);
      context.fireUserEventTriggered(Decision.TLS);
      context.fireChannelRead(bytes);
    } else {
      plain = true;
      ReferenceCountUtil.release(bytes);
      context.fireUserEventTriggered(Decision.PLAIN);
    }
  }

  /**
   * The end of the input waits for the handshake: Netty throws away what it could not decode yet,
   * and a script sends its last part of the handshake, its frames and its end in one go.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    SslHandler handler = tls;
    if (event instanceof ChannelInputShutdownEvent && refusing) {
      context.close();
      return;
    }
    if (event instanceof ChannelInputShutdownEvent
        && handler != null
        && !handler.handshakeFuture().isDone()) {
      handler
          .handshakeFuture()
          .addListener(
              _ -> context.executor().execute(() -> context.fireUserEventTriggered(event)));
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  /**
   * After a handshake that failed only our side is closed at first: what the client is about to
   * send would make the kernel reset the connection, and the client would not hear why.
   */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    SslHandler handler = tls;
    boolean refused =
        handler != null
            && handler.handshakeFuture().isDone()
            && !handler.handshakeFuture().isSuccess();
    if (refused
        && context.channel() instanceof SocketChannel socket
        && socket.isActive()
        && !socket.isInputShutdown()) {
      if (!refusing) {
        refusing = true;
        socket.shutdownOutput();
        context.executor().schedule(() -> context.close(), LINGER_MS, TimeUnit.MILLISECONDS);
      }
      socket.closeFuture().addListener(_ -> promise.trySuccess());
    } else {
      context.close(promise);
    }
  }
}
