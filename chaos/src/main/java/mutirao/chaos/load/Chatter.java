package mutirao.chaos.load;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import mutirao.chaos.history.Action;
import mutirao.chaos.history.HistoryEvent;
import mutirao.chaos.history.Phase;
import mutirao.chaos.history.Recorder;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;

/** Talks in rooms and to others, one message after the other, and writes down what it hears. */
final class Chatter implements ClientListener {
  private static final int ONE_DIRECT_IN = 5;
  private static final int PAGE = 100;

  private final Recorder recorder;
  private final String name;
  private final List<String> rooms;
  private final List<String> others;
  private long unique;

  Chatter(Recorder recorder, String name, List<String> rooms, List<String> others) {
    this.recorder = recorder;
    this.name = name;
    this.rooms = rooms;
    this.others = others;
  }

  void run(MutiraoClient client, Pace pace, RandomGenerator random) throws InterruptedException {
    while (pace.next()) {
      if (random.nextInt(ONE_DIRECT_IN) == 0) {
        whisper(client, others.get(random.nextInt(others.size())));
      } else {
        say(client, pace, rooms.get(random.nextInt(rooms.size())));
      }
    }
  }

  /** Reads the whole history of every room. */
  void readAll(MutiraoClient client) {
    for (String room : rooms) {
      Long before = null;
      for (List<ChatMessage> page = client.history(room, PAGE, before).await();
          !page.isEmpty();
          page = client.history(room, PAGE, before).await()) {
        page.forEach(this::read);
        before = page.getFirst().seq();
      }
    }
  }

  private void read(ChatMessage message) {
    recorder.write(
        recorder
            .saw(Action.READ_ROOM, Phase.OK)
            .by(message.sender())
            .room(Objects.requireNonNull(message.room()), message.seq())
            .value(message.text()));
  }

  private String nextValue() {
    return recorder.process() + "-" + ++unique;
  }

  private void say(MutiraoClient client, Pace pace, String room) {
    HistoryEvent asked =
        recorder.write(recorder.ask(Action.SEND).by(name).room(room, 0).value(nextValue()));
    try {
      long seq = client.broadcast(room, Objects.requireNonNull(asked.value())).await();
      recorder.write(asked.room(room, seq), Phase.OK);
      pace.acknowledged();
    } catch (MutiraoException e) {
      recorder.write(asked.state(e.code()), Doubt.phase(e));
    }
  }

  private void whisper(MutiraoClient client, String to) {
    HistoryEvent asked =
        recorder.write(recorder.ask(Action.SEND).by(name).to(to).value(nextValue()));
    try {
      client.direct(to, Objects.requireNonNull(asked.value())).await();
      recorder.write(asked, Phase.OK);
    } catch (MutiraoException e) {
      recorder.write(asked.state(e.code()), Doubt.phase(e));
    }
  }

  @Override
  public void onBroadcast(ChatMessage message) {
    recorder.write(
        recorder
            .saw(Action.HEAR, Phase.OK)
            .by(message.sender())
            .to(name)
            .room(Objects.requireNonNull(message.room()), message.seq())
            .value(message.text()));
  }

  @Override
  public void onDirect(ChatMessage message) {
    recorder.write(
        recorder.saw(Action.HEAR, Phase.OK).by(message.sender()).to(name).value(message.text()));
  }

  @Override
  public void onGap(String room, long fromSeq, long toSeq) {
    recorder.write(recorder.saw(Action.GAP, Phase.OK).room(room, fromSeq).task("-", toSeq));
  }

  @Override
  public void onConnection(Connection change) {
    switch (change) {
      case Connection.Connected connected ->
          recorder.write(recorder.saw(Action.REGISTER, Phase.OK).by(connected.name()));
      case Connection.Resumed _ -> recorder.write(recorder.saw(Action.RESUME, Phase.OK));
      case Connection.Replaced _ -> recorder.write(recorder.saw(Action.RESUME, Phase.FAIL));
      case Connection.Reconnecting _ -> {}
      case Connection.Closed _ -> recorder.write(recorder.saw(Action.RELEASE, Phase.INFO).by(name));
    }
  }
}
