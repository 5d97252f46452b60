package mutirao.server.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import mutirao.server.ServerConfig;
import mutirao.server.gateway.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Listens, and makes a {@link TcpConnection} and a {@link Peer} of everybody who connects. Runs on
 * the loop's thread.
 */
public final class TcpEdge implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int READ_BYTES_MIN = 512;
  private static final int READ_BYTES_FIRST = 4096;
  private static final int READ_BYTES_MAX = 64 * 1024;

  private final Loop loop;
  private final Channel channel;

  private TcpEdge(Loop loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /**
   * Begins to listen.
   *
   * <p>Fails with a {@link java.net.BindException} where the address is not to be had.
   *
   * @param config its bounds count, not its address
   * @param tls asked at each connection for how to encrypt it; null: nothing is encrypted
   */
  public static TcpEdge listen(
      Loop loop, SocketAddress address, ServerConfig config, @Nullable Supplier<SslContext> tls)
      throws InterruptedException {
    return listen(
        loop, address, config, tls, new Addresses(config.edge().maxConnectionsPerAddress()));
  }

  static TcpEdge listen(
      Loop loop,
      SocketAddress address,
      ServerConfig config,
      @Nullable Supplier<SslContext> tls,
      Addresses addresses)
      throws InterruptedException {
    Executor handshakes = TlsDoor.handshakes();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop.group())
            .channel(loop.serverChannelType())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            // A script sends its frames and closes its side at once: it still gets the answers.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX))
            // The outbox is the bound; the channel never gets more than one write of it.
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    if (tls != null) {
                      accepted
                          .pipeline()
                          .addLast(new TlsDoor(tls, handshakes, config.registrationTimeoutMs()));
                    }
                    accepted
                        .pipeline()
                        .addLast(new TcpConnection(loop, accepted, addresses, tls != null));
                  }
                });
    return new TcpEdge(loop, bootstrap.bind(address).sync().channel());
  }

  /** Where it listens, with the port that was picked. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Accepts nobody any more; the connections there are stay. */
  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.wakeUp();
  }
}
