package mutirao.chaos.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.chaos.campaign.Servers;

/** This server; a value is a task. */
record Mutirao(String title, List<String> options, Map<String, String> valuesById) implements Peer {
  private static final Pattern TASK = Pattern.compile("\"task\":\"([^\"]+)\"");

  Mutirao(String title, String... options) {
    this(title, List.of(options), new HashMap<>());
  }

  @Override
  public List<String> versionCommand() {
    List<String> command = Servers.program();
    command.add("--version");
    return command;
  }

  @Override
  public List<String> command(Path data, int port) {
    List<String> command = Servers.program();
    command.addAll(
        List.of(
            "server",
            "--no-web",
            "--port",
            Integer.toString(port),
            "--data",
            data.resolve("m").toString()));
    command.addAll(options);
    return command;
  }

  @Override
  public Connection connect(int port) throws IOException {
    Line line = new Line(port);
    line.send(
        "{\"type\":\"register\",\"name\":\"ana\",\"role\":\"task_client\",\"presence\":false}\n");
    line.read();
    return new Tasks(line, valuesById);
  }

  private record Tasks(Line line, Map<String, String> valuesById) implements Connection {
    @Override
    public void prepare() {}

    @Override
    public void put(String value) throws IOException {
      line.send("{\"type\":\"submit\",\"operation\":\"keep\",\"params\":\"" + value + "\"}\n");
      String answer = line.read();
      Matcher id = TASK.matcher(answer);
      if (!answer.startsWith("{\"type\":\"accepted\"") || !id.find()) {
        throw new IOException(answer);
      }
      valuesById.put(id.group(1), value);
    }

    @Override
    public Set<String> readAll() throws IOException {
      Set<String> all = new HashSet<>();
      for (var task : valuesById.entrySet()) {
        line.send("{\"type\":\"query\",\"task\":\"" + task.getKey() + "\"}\n");
        if (line.read().startsWith("{\"type\":\"task_state\"")) {
          all.add(task.getValue());
        }
      }
      return all;
    }

    @Override
    public void close() throws IOException {
      line.close();
    }
  }
}
