package mutirao.chaos.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;

/** NATS JetStream: one stream, kept in files, one replica, everything as it comes. */
record JetStream(String title) implements Peer {
  private static final String PROGRAM = "nats-server";

  @Override
  public List<String> versionCommand() {
    return List.of(PROGRAM, "-v");
  }

  @Override
  public List<String> command(Path data, int port) {
    return List.of(
        PROGRAM, "-a", "127.0.0.1", "-p", Integer.toString(port), "-js", "-sd", data.toString());
  }

  @Override
  public Connection connect(int port) throws IOException {
    Line line = new Line(port);
    line.read();
    line.send("CONNECT {\"verbose\":false}\r\nSUB answers 1\r\n");
    return new Stream(line);
  }

  private record Stream(Line line) implements Connection {
    @Override
    public void prepare() throws IOException {
      ask("$JS.API.STREAM.CREATE.S", "{\"name\":\"S\",\"subjects\":[\"s\"],\"storage\":\"file\"}");
    }

    @Override
    public void put(String value) throws IOException {
      if (!ask("s", value).containsKey("seq")) {
        throw new IOException("not acknowledged: " + value);
      }
    }

    private Map<?, ?> ask(String subject, String payload) throws IOException {
      line.send("PUB " + subject + " answers " + payload.length() + "\r\n" + payload + "\r\n");
      while (true) {
        String[] frame = line.read().split(" ");
        if (frame[0].equals("PING")) {
          line.send("PONG\r\n");
        } else if (frame[0].equals("MSG")) {
          String body = line.read(Integer.parseInt(frame[frame.length - 1]));
          return Json.parse(new RawJson(body.getBytes(UTF_8))) instanceof Map<?, ?> answer
              ? answer
              : Map.of();
        } else {
          throw new IOException(String.join(" ", frame));
        }
      }
    }

    @Override
    public Set<String> readAll() throws IOException {
      Set<String> all = new HashSet<>();
      if (!(ask("$JS.API.STREAM.INFO.S", "").get("state") instanceof Map<?, ?> state)) {
        return all; // There is no such stream any more.
      }
      long last = number(state, "last_seq");
      for (long seq = number(state, "first_seq"); seq <= last; seq++) {
        Object message = ask("$JS.API.STREAM.MSG.GET.S", "{\"seq\":" + seq + "}").get("message");
        if (message instanceof Map<?, ?> fields && fields.get("data") instanceof String data) {
          all.add(new String(Base64.getDecoder().decode(data), UTF_8));
        }
      }
      return all;
    }

    private static long number(Map<?, ?> fields, String name) {
      return fields.get(name) instanceof Long number ? number : 0;
    }

    @Override
    public void close() throws IOException {
      line.close();
    }
  }
}
