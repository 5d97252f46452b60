package mutirao.server.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mutirao.server.Clock;
import mutirao.server.gateway.Gateway;
import mutirao.server.gateway.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the gateway: it reads what all sockets have, lets the gateway take one
 * turn over all of it, and writes once to each socket that is owed something. With a log in memory
 * commands are applied here too, so that nothing is handed from thread to thread.
 */
// What goes wrong with a write or a close is told through the pipeline as well.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Loop implements AutoCloseable {
  private static final int SCRATCH_BYTES = 64 * 1024;
  private static final long STOP_WITHIN_SECONDS = 5;
  private static final long LONGEST_SLEEP_MS = 60_000;
  private static final long DRAIN_LOOK_MS = 10;

  private final EventLoopGroup group;
  private final EventLoop thread;
  private final Class<? extends ServerChannel> serverChannelType;
  private final Gateway gateway;
  private final Clock clock;
  private final Consumer<Throwable> onFault;
  private final byte[] scratch = new byte[SCRATCH_BYTES];
  private final Map<Outbox.Shared, ByteBuf> sharedThisTurn = new LinkedHashMap<>();
  private boolean pumping;
  private boolean pumpScheduled;
  private long wakeUpAtMs = Long.MAX_VALUE;
  private @Nullable Future<?> wakeUp;

  /**
   * Starts the thread.
   *
   * @param onFault told of a broken invariant; the gateway must not be used afterwards
   */
  public Loop(Gateway gateway, Clock clock, Consumer<Throwable> onFault) {
    this.gateway = gateway;
    this.clock = clock;
    this.onFault = onFault;
    boolean epoll = Epoll.isAvailable();
    this.serverChannelType = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("mutirao-loop"),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.thread = group.next();
    wakeUp();
  }

  EventLoopGroup group() {
    return group;
  }

  Class<? extends ServerChannel> serverChannelType() {
    return serverChannelType;
  }

  Gateway gateway() {
    return gateway;
  }

  /** Room to read into, for the loop's own thread between two reads. */
  byte[] scratch() {
    return scratch;
  }

  /**
   * Lines that many are owed, in memory the kernel can read from: within a turn the same memory for
   * everybody. The caller owns the buffer it gets. Loop's thread only.
   */
  ByteBuf shared(Outbox.Shared lines, ByteBufAllocator allocator) {
    ByteBuf known = sharedThisTurn.get(lines);
    if (known != null) {
      return known.retainedDuplicate();
    }
    byte[] bytes = lines.bytes();
    ByteBuf copy = allocator.directBuffer(bytes.length).writeBytes(bytes);
    if (!pumping) {
      return copy;
    }
    sharedThisTurn.put(lines, copy);
    return copy.retainedDuplicate();
  }

  /**
   * Lets the gateway take its turn once everything that is readable now has been read. Loop's
   * thread only.
   */
  void schedulePump() {
    if (!pumpScheduled) {
      pumpScheduled = true;
      thread.execute(this::pump);
    }
  }

  /** Lets the loop look at the clock and at what waits. Any thread. */
  public void wakeUp() {
    thread.execute(this::tick);
  }

  /**
   * Runs {@code work} on the loop's thread; the gateway takes its turn once all that waits there
   * has been run, as for sockets. Any thread.
   */
  public void run(Runnable work) {
    thread.execute(
        () -> {
          work.run();
          schedulePump();
        });
  }

  /** Runs {@code work} on the loop's thread, followed by a turn of the gateway. */
  public Future<?> submit(Runnable work) {
    return thread.submit(
        () -> {
          work.run();
          pump();
        });
  }

  /** The same as {@link #submit} after a while. */
  public void later(Runnable work, long delayMs) {
    thread.schedule(() -> submit(work), delayMs, TimeUnit.MILLISECONDS);
  }

  /**
   * Waits, for a bounded time, until everybody who is being closed has read what is owed and is
   * gone.
   */
  public void awaitDrained() {
    Promise<Void> drained = thread.newPromise();
    thread.execute(() -> lookIfDrained(drained));
    drained.awaitUninterruptibly(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private void lookIfDrained(Promise<Void> drained) {
    if (gateway.connectionCount() == 0) {
      drained.trySuccess(null);
    } else {
      thread.schedule(() -> lookIfDrained(drained), DRAIN_LOOK_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Stops the thread; connections that are still there are cut. */
  @Override
  public void close() {
    group.shutdownGracefully(0, STOP_WITHIN_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void pump() {
    pumpScheduled = false;
    pumping = true;
    try {
      gateway.pump();
      sleepUntilNextTick();
    } catch (RuntimeException | Error fault) {
      onFault.accept(fault);
    } finally {
      pumping = false;
      sharedThisTurn.values().forEach(ByteBuf::release);
      sharedThisTurn.clear();
    }
  }

  private void tick() {
    try {
      gateway.tick();
    } catch (RuntimeException | Error fault) {
      onFault.accept(fault);
    }
    pump();
  }

  private void sleepUntilNextTick() {
    long nextMs = gateway.nextTickMs();
    if (nextMs >= wakeUpAtMs) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakeUpAtMs = nextMs;
    long delayMs = Math.clamp(nextMs - clock.nowMs(), 1, LONGEST_SLEEP_MS);
    wakeUp =
        thread.schedule(
            () -> {
              wakeUpAtMs = Long.MAX_VALUE;
              tick();
            },
            delayMs,
            TimeUnit.MILLISECONDS);
  }
}
