package mutirao.sim.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import mutirao.server.gateway.Peer;
import mutirao.server.gateway.Transport;
import mutirao.sim.world.Faults;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection. The server's end behaves as {@code mutirao.server.tcp.TcpConnection}: one
 * write at a time, a last word before it closes, a grace for those who do not read. In between,
 * bytes arrive late and in pieces, but in order; or the connection breaks, stands still or falls
 * silent.
 */
public final class SimLink implements Transport {

  /** The client's end. */
  public interface Client {
    /** Bytes arrived. */
    void received(byte[] bytes);

    /** Nothing more will arrive, and nothing that is sent will get there. */
    void ended();
  }

  /** Hears what the server says at the moment it hands it to the network. */
  public interface Tap {
    /** The server says this, whole frames; whether it arrives is another matter. */
    void leaving(byte[] bytes, int length);

    /** The server has said all it wanted to say, and closes in good order. */
    void serverCloses();

    /** The server's end is gone. */
    void over();
  }

  private static final long CLOSE_GRACE_MS = 2000;
  private final World world;
  private final Faults faults;
  private final SimServer server;
  private final UnaryOperator<byte[]> mouth;
  private final String label;
  private final Client client;
  private final Tap tap;
  private @Nullable Peer peer;
  // The server's end.
  private byte[] unwritten = {};
  private int written;
  private boolean closing;
  private boolean outputShut;
  private boolean inputShut;
  private boolean goneAtServer;
  // In between.
  private long toServerAtMs;
  private long toClientAtMs;
  private int inKernel;
  private boolean silent;
  // The client's end.
  private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
  private boolean deaf;
  private boolean endUnread;
  private boolean goneAtClient;

  SimLink(SimNetwork network, SimServer server, int number, Client client, Tap tap) {
    this.world = network.world;
    this.faults = network.faults;
    this.server = server;
    this.mouth = network.mouth;
    this.label = "link " + number;
    this.client = client;
    this.tap = tap;
  }

  /** Reaches the server, or nobody. */
  void accept() {
    if (server.listens()) {
      peer = server.connect(this);
    } else {
      world.note(label, "reaches nobody");
      goneAtServer = true;
      tap.over();
      toClient("← reset", this::endAtClient);
    }
  }

  /** The name of the server it leads to. */
  public String serverName() {
    return server.host().name();
  }

  /** True where nothing has gone wrong and nobody has hung up. */
  public boolean healthy() {
    return !goneAtClient && !goneAtServer && !silent && !closing && !inputShut;
  }

  /** True where the server knows that the client sends nothing more. */
  public boolean clientFinished() {
    return inputShut;
  }

  boolean over() {
    return goneAtServer && goneAtClient;
  }

  // ---- what the client does

  /** The client sends. */
  public void send(byte[] bytes) {
    if (goneAtClient) {
      return;
    }
    world.trace().bytes(world.nowMs(), label, "→", bytes, bytes.length);
    for (byte[] piece : Pieces.of(bytes, world, faults)) {
      toServer("→ " + piece.length + " bytes", () -> arriveAtServer(piece));
    }
  }

  /** The client says that it will send nothing more, and goes on reading. */
  public void finish() {
    toServer("→ end", this::inputEnds);
  }

  /** The client is gone; the server is told, unless the connection is silent. */
  public void abandon() {
    if (!goneAtClient) {
      goneAtClient = true;
      unread.clear();
      toServer("→ reset", () -> loseAtServer("reset by the client"));
    }
  }

  /** The client is gone, and its network with it: nobody is left to tell the server. */
  public void vanish() {
    fallSilent(false, false);
  }

  // ---- what goes wrong

  /** The connection breaks; both ends learn it, and what is under way is lost. */
  void cut() {
    world.note(label, "is cut");
    fallSilent(true, true);
  }

  /** Nothing passes any more; the ends learn it now, much later, or never. */
  void fallSilent(boolean tellClient, boolean tellServer) {
    if (!silent) {
      world.note(label, "falls silent");
      silent = true;
      if (inKernel > 0) {
        armTimeout();
      }
    }
    if (tellClient) {
      world.soon(label + " tells the client", this::endAtClient);
    }
    if (tellServer) {
      world.soon(label + " tells the server", losing("cut"));
    }
  }

  /** The client stops taking what arrives, for a while. */
  public void goDeaf(long forMs) {
    if (!deaf && !goneAtClient) {
      world.note(label, "is deaf for " + forMs + " ms");
      deaf = true;
      world.after(forMs, label + " listens again", this::listen);
    }
  }

  void heal() {
    if (silent) {
      fallSilent(true, true);
    }
    listen();
  }

  // ---- the server's end

  @Override
  public void flush() {
    write();
  }

  @Override
  public void close() {
    world.soon(label + " closes", atServer(this::closeInOrder));
  }

  @Override
  public String remote() {
    return label;
  }

  private void write() {
    Peer from = peer;
    if (from == null || goneAtServer) {
      return;
    }
    while (!outputShut && from.outbox().take(this::hand)) {
      if (written < unwritten.length) {
        return;
      }
      from.outbox().sent();
    }
    if (closing && !outputShut && from.outbox().owedBytes() == 0) {
      shutOutput();
    }
  }

  private void hand(byte[] bytes, int length) {
    unwritten = mouth.apply(Arrays.copyOf(bytes, length));
    written = 0;
    world.trace().bytes(world.nowMs(), label, "←", unwritten, unwritten.length);
    tap.leaving(unwritten, unwritten.length);
    push();
  }

  /** Hands the network what it takes of the current write. */
  private void push() {
    int left = unwritten.length - written;
    int room = Math.min(faults.kernelBytes() - inKernel, left);
    // As real ones do, it waits for some room rather than move a byte at a time.
    if (room > 0 && room >= Math.min(left, faults.kernelBytes() / 4)) {
      byte[] taken = Arrays.copyOfRange(unwritten, written, written + room);
      written += room;
      inKernel += room;
      for (byte[] piece : Pieces.of(taken, world, faults)) {
        toClient("← " + piece.length + " bytes", () -> arriveAtClient(piece));
      }
      if (silent) {
        armTimeout();
      }
    }
  }

  /** The network has room again. */
  private void goOn() {
    Peer from = peer;
    if (from != null && written < unwritten.length) {
      push();
      if (written == unwritten.length) {
        from.outbox().sent();
        write();
      }
    }
  }

  private void closeInOrder() {
    if (!closing) {
      closing = true;
      world.after(CLOSE_GRACE_MS, label + " closes at last", losing("closed at last"));
      write();
    }
  }

  private void shutOutput() {
    outputShut = true;
    if (goneAtServer) {
      return;
    }
    tap.serverCloses();
    toClient("← end", this::endArrives);
    if (inputShut) {
      loseAtServer("closed");
    }
  }

  private void arriveAtServer(byte[] bytes) {
    Peer to = peer;
    if (to != null && !goneAtServer && !inputShut) {
      to.receive(bytes, 0, bytes.length);
      server.schedulePump();
    }
  }

  private void inputEnds() {
    Peer to = peer;
    if (to != null && !goneAtServer && !inputShut) {
      inputShut = true;
      if (outputShut) {
        loseAtServer("closed by both");
      } else {
        to.inputEnded();
        server.schedulePump();
      }
    }
  }

  private void loseAtServer(String why) {
    Peer lost = peer;
    if (lost != null && !goneAtServer) {
      world.note(label, "is gone for the server: " + why);
      goneAtServer = true;
      server.lost(this);
      lost.disconnected();
      server.schedulePump();
      tap.over();
      toClient("← reset", this::endAtClient);
    }
  }

  /** The server's process is gone; the client learns it now, or finds out. */
  void serverDies(boolean told) {
    if (!goneAtServer) {
      goneAtServer = true;
      peer = null;
      tap.over();
      fallSilent(told, false);
    }
  }

  private Runnable losing(String why) {
    return atServer(() -> loseAtServer(why));
  }

  private Runnable atServer(Runnable work) {
    return server.host().here(work);
  }

  // ---- in between

  private void toServer(String what, Runnable arrival) {
    toServerAtMs = Math.max(toServerAtMs, world.nowMs() + delayMs());
    world.after(toServerAtMs - world.nowMs(), label + " " + what, atServer(unlessSilent(arrival)));
  }

  private void toClient(String what, Runnable arrival) {
    toClientAtMs = Math.max(toClientAtMs, world.nowMs() + delayMs());
    world.after(toClientAtMs - world.nowMs(), label + " " + what, unlessSilent(arrival));
  }

  private Runnable unlessSilent(Runnable arrival) {
    return () -> {
      if (!silent) {
        arrival.run();
      }
    };
  }

  private long delayMs() {
    long delayMs = world.between(0, faults.delayMaxMs());
    boolean stalls = !world.healed() && world.perMille(faults.stallPerMille());
    return stalls ? delayMs + world.between(1, faults.stallMaxMs()) : delayMs;
  }

  /** Bytes that nobody takes are sent again and again, until the network gives up. */
  private void armTimeout() {
    world.after(Faults.TCP_TIMEOUT_MS, label + " times out", losing("timed out"));
  }

  // ---- the client's end

  private void arriveAtClient(byte[] bytes) {
    if (deaf) {
      unread.addLast(bytes);
      return;
    }
    inKernel -= bytes.length;
    if (!goneAtClient) {
      client.received(bytes);
    }
    atServer(this::goOn).run();
  }

  private void listen() {
    if (deaf) {
      deaf = false;
      // What it reads may make it stop reading again.
      while (!deaf && !unread.isEmpty()) {
        arriveAtClient(unread.removeFirst());
      }
      if (!deaf && endUnread) {
        endArrives();
      }
    }
  }

  /** The server closed in good order: the client has all it said, and closes too. */
  private void endArrives() {
    if (deaf) {
      endUnread = true;
      return;
    }
    endAtClient();
    finish();
  }

  private void endAtClient() {
    if (!goneAtClient) {
      goneAtClient = true;
      unread.clear();
      client.ended();
    }
  }
}
