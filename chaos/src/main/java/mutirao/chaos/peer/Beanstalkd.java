package mutirao.chaos.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** beanstalkd with its binlog; without {@code -b} it keeps nothing at all. */
record Beanstalkd(String title, List<String> options) implements Peer {
  private static final String PROGRAM = "beanstalkd";

  @Override
  public List<String> versionCommand() {
    return List.of(PROGRAM, "-v");
  }

  @Override
  public List<String> command(Path data, int port) {
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM, "-l", "127.0.0.1", "-p", Integer.toString(port), "-b", data.toString()));
    command.addAll(options);
    return command;
  }

  @Override
  public Connection connect(int port) throws IOException {
    return new Tube(new Line(port));
  }

  private record Tube(Line line) implements Connection {
    @Override
    public void prepare() {}

    @Override
    public void put(String value) throws IOException {
      line.send("put 0 0 60 " + value.length() + "\r\n" + value + "\r\n");
      expect("INSERTED");
    }

    private String expect(String beginning) throws IOException {
      String answer = line.read();
      if (!answer.startsWith(beginning)) {
        throw new IOException("instead of " + beginning + ": " + answer);
      }
      return answer;
    }

    @Override
    public Set<String> readAll() throws IOException {
      Set<String> all = new HashSet<>();
      while (true) {
        line.send("reserve-with-timeout 0\r\n");
        String[] answer = line.read().split(" ");
        if (!answer[0].equals("RESERVED")) {
          return all;
        }
        all.add(line.read(Integer.parseInt(answer[2])));
        line.send("delete " + answer[1] + "\r\n");
        expect("DELETED");
      }
    }

    @Override
    public void close() throws IOException {
      line.close();
    }
  }
}
