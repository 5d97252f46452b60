package mutirao.sim.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.out.ByteSink;
import mutirao.sim.oracle.Conversation;
import mutirao.sim.server.SimLink;
import mutirao.sim.world.BrokenPromise;
import org.jspecify.annotations.Nullable;

/** A peer's end of one connection: frames to bytes and back, and which answer belongs to what. */
final class Wire implements SimLink.Client, FrameReader.Sink<ServerFrame> {

  /** Whose connection it is. */
  interface Owner {
    /** A frame arrived; {@code asked} is what it answers, where it answers something. */
    void hears(ServerFrame frame, @Nullable ClientFrame asked);

    /** The connection is gone. */
    void disconnected();
  }

  private static final int LARGEST_LINE = 64 * 1024 * 1024;

  private final Town town;
  private final Owner owner;
  private final Conversation conversation;
  private final SimLink link;
  private final FrameReader<ServerFrame> reader =
      new FrameReader<>(FrameDecoder.server(), LARGEST_LINE);
  private final Map<RawJson, ClientFrame> asked = new LinkedHashMap<>();
  private @Nullable ByteSink bundle;
  private boolean finished;
  private boolean forgotten;
  private long refs;
  private long saidAtMs;
  private long heardAtMs;
  private long listensAtMs;

  /** Connects. */
  Wire(Town town, Owner owner, boolean rambling) {
    this.town = town;
    this.owner = owner;
    this.conversation = town.oracle.listen(town.network.nextNumber(), rambling);
    this.link = town.network.connect(this, conversation);
    conversation.happensOn(link);
    saidAtMs = town.world.nowMs();
    heardAtMs = saidAtMs;
  }

  /** How long nothing was said. */
  long quietMs() {
    return town.world.nowMs() - saidAtMs;
  }

  /** How long it was listened to and nothing was heard. */
  long deafMs() {
    return town.world.nowMs() - Math.max(heardAtMs, listensAtMs);
  }

  /** True where every question that has an answer got it. */
  boolean allAnswered() {
    return conversation.allAnswered();
  }

  /** What may still be answered. */
  List<ClientFrame> open() {
    return List.copyOf(asked.values());
  }

  /** A ref not used yet, sometimes a number, sometimes a text. */
  RawJson ref() {
    long next = ++refs;
    return RawJson.of(town.world.percent(70) ? Long.toString(next) : "\"r" + next + '"');
  }

  /** Sends a frame that only one of {@code expected} may answer; any where there are none. */
  void say(ClientFrame frame, List<ErrorCode> expected) {
    ByteSink line = new ByteSink(128);
    FrameWriter.write(frame, line);
    sayAs(frame, expected, line.toByteArray());
  }

  /** Sends {@code line}, which means what {@code frame} means. */
  void sayAs(ClientFrame frame, List<ErrorCode> expected, byte[] line) {
    if (finished) {
      return;
    }
    conversation.asks(frame, expected);
    RawJson ref = frame.ref();
    if (ref != null) {
      asked.put(ref, frame);
    }
    sayBytes(line);
  }

  /** Sends bytes, whatever they mean. */
  void sayBytes(byte[] bytes) {
    saidAtMs = town.world.nowMs();
    if (bundle != null) {
      bundle.write(bytes);
    } else {
      link.send(bytes);
    }
  }

  /** Sends everything that {@code talk} says in one go. */
  void atOnce(Runnable talk) {
    ByteSink everything = new ByteSink(256);
    bundle = everything;
    talk.run();
    bundle = null;
    link.send(everything.toByteArray());
  }

  /** Says that nothing more comes, and goes on reading. */
  void finish() {
    finished = true;
    link.finish();
  }

  /** Stops reading for a while. */
  void stopReading(long forMs) {
    listensAtMs = town.world.nowMs() + forMs;
    link.goDeaf(forMs);
  }

  /** Is gone. */
  void abandon() {
    forgotten = true;
    link.abandon();
  }

  /** Is gone without a trace. */
  void vanish() {
    forgotten = true;
    link.vanish();
  }

  /** Listens no more, and leaves the connection as it is. */
  void forget() {
    forgotten = true;
  }

  @Override
  public void received(byte[] bytes) {
    if (!forgotten) {
      heardAtMs = town.world.nowMs();
      reader.feed(bytes, 0, bytes.length, this);
    }
  }

  @Override
  public void frame(ServerFrame frame) {
    if (!forgotten) {
      RawJson ref = frame.ref();
      owner.hears(frame, ref == null ? null : asked.remove(ref));
    }
  }

  @Override
  public void problem(Problem problem) {
    throw new BrokenPromise("the server speaks the protocol: " + problem);
  }

  @Override
  public void ended() {
    if (!forgotten) {
      forgotten = true;
      owner.disconnected();
    }
  }
}
