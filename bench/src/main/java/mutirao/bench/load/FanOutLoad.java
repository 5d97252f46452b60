package mutirao.bench.load;

import java.io.IOException;
import java.util.Objects;
import mutirao.bench.peer.Events;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One publisher, many members: as fast as possible, with a bounded number of messages that not
 * everybody has heard yet. A delivery is one message at one member; a latency is the time until the
 * last member has a message.
 */
public final class FanOutLoad implements Load, Events.Stream {
  /** Most messages not yet heard by all. */
  static final int IN_FLIGHT = 1024;

  private final Peer peer;
  private final int members;
  private final String session;
  private final Findings findings = new Findings();
  private final Latencies latencies = new Latencies();
  private final Crew crew;
  private final SharedStream stream;
  private final Speaker.Publisher publisher;
  private final long[] sentNanos = new long[IN_FLIGHT];
  private @Nullable Connection connection;
  private long sent;
  private long heard;
  private long deliveriesBefore;
  private boolean measuring;

  /** A workload that is not open yet; {@code session} as in {@link TaskLoad}. */
  public FanOutLoad(Peer peer, RunningServer server, int members, String session)
      throws IOException {
    this.peer = peer;
    this.members = members;
    this.session = session;
    crew = new Crew(server, findings);
    stream = new SharedStream(peer.streamFormat(), members, IN_FLIGHT, findings);
    publisher = peer.publisher(session, this);
  }

  @Override
  public void open() throws IOException {
    for (int i = 0; i < members; i++) {
      crew.join(peer.member(i, session, this));
    }
    connection = crew.join(publisher);
    crew.awaitReady();
    publish(System.nanoTime());
  }

  @Override
  public void drive(long nanos, Runnable tick) throws IOException {
    long end = System.nanoTime() + nanos;
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      crew.turn();
      hear();
      publish(now);
      crew.tick(tick, now);
    }
  }

  @Override
  public void beginMeasuring() {
    deliveriesBefore = stream.deliveries();
    measuring = true;
  }

  @Override
  public long endMeasuring() {
    measuring = false;
    return stream.deliveries() - deliveriesBefore;
  }

  @Override
  public Verdict drain(long nanos) throws IOException {
    crew.turnUntil(() -> stream.deliveries() == sent * members, nanos);
    return findings.verdict(sent, stream.heardByAll(), sent * members - stream.deliveries());
  }

  @Override
  public Latencies latencies() {
    return latencies;
  }

  @Override
  public void close() throws IOException {
    crew.close();
  }

  @Override
  public void ready() {
    crew.ready();
  }

  @Override
  public void failed(String what) {
    crew.failed(what);
  }

  @Override
  public int stream(int member, Connection from, byte[] bytes, int start, int end) {
    return stream.take(member, from, bytes, start, end);
  }

  private void hear() {
    long everybody = stream.heardByAll();
    long now = crew.loop().readNanos();
    for (; heard < everybody; heard++) {
      if (measuring) {
        latencies.record(now - sentNanos[(int) (heard & (IN_FLIGHT - 1))]);
      }
    }
  }

  private void publish(long now) {
    Connection sender = Objects.requireNonNull(connection, "not open");
    for (; sent - heard < IN_FLIGHT; sent++) {
      sentNanos[(int) (sent & (IN_FLIGHT - 1))] = now;
      publisher.publish(sender, sent);
    }
  }
}
