package mutirao.client.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Map;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.protocol.codec.FrameWriter;
import mutirao.protocol.codec.out.ByteSink;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection. Not thread-safe. */
public final class FakeConnection implements AutoCloseable {
  public static final long HEARTBEAT_MS = 15_000;

  private final Socket socket;
  private final FrameReader<ClientFrame> reader =
      new FrameReader<>(FrameDecoder.client(), Limits.MAX_FRAME_BYTES);
  private final ArrayDeque<ClientFrame> read = new ArrayDeque<>();
  private final byte[] buffer = new byte[64 * 1024];
  private int maxFrameBytes = Limits.MAX_FRAME_BYTES;
  private Map<String, Long> rooms = Map.of("lobby", 0L);

  FakeConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(FakeServer.PATIENCE_MS);
  }

  /** The longest frame it says it takes. */
  public FakeConnection maxFrame(int bytes) {
    maxFrameBytes = bytes;
    return this;
  }

  /** How far it says that the client's rooms have come. */
  public FakeConnection rooms(Map<String, Long> newestSeqs) {
    rooms = newestSeqs;
    return this;
  }

  /** Waits for a {@code register} and welcomes it under a new session. */
  public ClientFrame.Register register(String name) {
    return register(name, false);
  }

  /** Waits for a {@code register} and welcomes it. */
  public ClientFrame.Register register(String name, boolean resumed) {
    ClientFrame.Register register = next(ClientFrame.Register.class);
    welcome(register, name, resumed);
    return register;
  }

  /** Answers a {@code register}. */
  public void welcome(ClientFrame.Register register, String name, boolean resumed) {
    Role role = register.role() == null ? Role.impliedBy(name) : register.role();
    send(
        new ServerFrame.Registered(
            register.ref(),
            name,
            role,
            "s-" + name,
            "secret-of-" + name,
            resumed,
            "fake/1",
            "node-1",
            maxFrameBytes,
            HEARTBEAT_MS,
            10_000,
            rooms));
  }

  /** The next frame, which must be of this type. */
  public <F extends ClientFrame> F next(Class<F> type) {
    ClientFrame frame = next();
    if (!type.isInstance(frame)) {
      throw new AssertionError("expected " + type.getSimpleName() + " but got " + frame);
    }
    return type.cast(frame);
  }

  /** The next frame; null at the end of the connection. */
  public @Nullable ClientFrame next() {
    try {
      while (read.isEmpty()) {
        int length = socket.getInputStream().read(buffer);
        if (length < 0) {
          return null;
        }
        reader.feed(buffer, 0, length, new Collecting());
      }
      return read.removeFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("no frame came", e);
    }
  }

  /** Waits for a {@code quit}, answers it and closes. */
  public void expectQuit() {
    ClientFrame.Quit quit = next(ClientFrame.Quit.class);
    send(new ServerFrame.Bye(quit.ref(), null));
    close();
  }

  public void send(ServerFrame frame) {
    ByteSink line = new ByteSink(256);
    FrameWriter.write(frame, line);
    sendRaw(line.toByteArray());
  }

  public void sendRaw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses what was asked under a ref. */
  public void refuse(@Nullable RawJson ref, ErrorCode code) {
    send(new ServerFrame.Error(ref, code, "refused: " + code, null, null, null, null));
  }

  public void accept(ClientFrame.Submit submit, String task, boolean duplicate) {
    send(new ServerFrame.Accepted(submit.ref(), task, "queued", duplicate, null));
  }

  public void result(String task, String result) {
    send(new ServerFrame.Result(task, "done", RawJson.of(result), null, "Worker-1", 1, 2, 3));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Collecting implements FrameReader.Sink<ClientFrame> {
    @Override
    public void frame(ClientFrame frame) {
      read.addLast(frame);
    }

    @Override
    public void problem(Problem problem) {
      throw new AssertionError("the client sent what is no frame: " + problem);
    }
  }
}
