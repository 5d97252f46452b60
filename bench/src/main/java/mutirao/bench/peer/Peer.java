package mutirao.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A server that can be measured. To add one: implement this, and name it in {@link Peers}. Speakers
 * must cost the generator next to nothing: no allocation, no object for a frame.
 */
public interface Peer {

  /** The name on the command line and in tables. */
  String name();

  /** The version for the record; empty where it is not installed. */
  Optional<String> version();

  /** What to do to have it, for people; shown where it is not installed. */
  default String remedy() {
    return "";
  }

  /** What it can be measured in. */
  Set<Ability> abilities();

  /** True where it runs on a JVM and is slow until compiled. */
  boolean warmsUp();

  /** Starts a fresh process with {@code directory} as its own. */
  RunningServer start(Path directory) throws IOException;

  /** True where a task is complete only with its acceptance as well as its result. */
  default boolean confirmsAcceptance() {
    return false;
  }

  /**
   * Most tasks a submitter has outstanding, a power of two; to be another than is usual in the
   * workload only where the peer's words ask for it.
   */
  default int window(int usual) {
    return usual;
  }

  /**
   * Who makes what the others of a {@code session} need, such as a queue, before they connect;
   * empty where nothing has to be made.
   */
  default Optional<Speaker> founder(String session, Events events) {
    return Optional.empty();
  }

  /**
   * A submitter; {@code id} is 0 to 99, {@code session} makes names unique among runs on one
   * server.
   */
  default Speaker.Submitter submitter(int id, String session, Events.Tasks events) {
    throw new UnsupportedOperationException("TASKS");
  }

  /** A worker that upper-cases payloads. */
  default Speaker worker(int id, int slots, String session, Events events) {
    throw new UnsupportedOperationException("TASKS");
  }

  /** The one that sends to all members. */
  default Speaker.Publisher publisher(String session, Events events) {
    throw new UnsupportedOperationException("FAN_OUT");
  }

  /** One who hears everything. */
  default Speaker member(int id, String session, Events.Stream events) {
    throw new UnsupportedOperationException("FAN_OUT");
  }

  /** How a member's stream is cut. */
  default StreamFormat streamFormat() {
    throw new UnsupportedOperationException("FAN_OUT");
  }

  /** A connection that says who it is and then nothing. */
  default Speaker idle(int id, String session, Events events) {
    throw new UnsupportedOperationException("IDLE");
  }

  /** Kinds of workload a peer may serve. */
  enum Ability {
    /** Tasks with results. */
    TASKS,
    /** Tasks that are on the disk before their acceptance is told. */
    DURABLE_TASKS,
    /** One message to many. */
    FAN_OUT,
    /** Connections that only stand. */
    IDLE
  }
}
