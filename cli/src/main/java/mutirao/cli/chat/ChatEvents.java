package mutirao.cli.chat;

import mutirao.cli.session.ConnectionNotices;
import mutirao.cli.session.Failures;
import mutirao.cli.session.Roster;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoException;
import mutirao.protocol.Limits;
import mutirao.protocol.ServerFrame;

/** Prints what arrives. Called on the client's thread for events. */
final class ChatEvents implements ClientListener {
  private final Terminal terminal;
  private final MessageLines lines;
  private final ConnectionNotices notices;
  private final Roster roster;
  private final Shown shown;
  private volatile String ownName = "";

  ChatEvents(Terminal terminal, MessageLines lines, Roster roster, Shown shown) {
    this.terminal = terminal;
    this.lines = lines;
    this.notices = new ConnectionNotices(terminal.texts(), terminal::printError);
    this.roster = roster;
    this.shown = shown;
  }

  ConnectionNotices notices() {
    return notices;
  }

  @Override
  public void onBroadcast(ChatMessage message) {
    String room = message.room() == null ? Limits.DEFAULT_ROOM : message.room();
    terminal.print(lines.said(message, room, ownName));
    shown.shown(room, message.seq());
  }

  @Override
  public void onDirect(ChatMessage message) {
    terminal.print(lines.direct(message));
  }

  @Override
  public void onSystem(ServerFrame.SystemEvent event) {
    switch (event.event()) {
      case "joined" -> roster.add(event.name(), event.role());
      case "left" -> roster.remove(event.name());
      default -> {
        // Who is in which room changes nothing about who is there.
      }
    }
    terminal.print(lines.event(event.timestamp(), event.message()));
  }

  @Override
  public void onClients(ServerFrame.ClientList clients) {
    roster.replace(clients.clients());
  }

  @Override
  public void onGap(String room, long fromSeq, long toSeq) {
    terminal.complain("gap", room, toSeq - fromSeq + 1);
  }

  @Override
  public void onConnection(Connection change) {
    switch (change) {
      case Connection.Connected connected -> ownName = connected.name();
      case Connection.Resumed resumed -> ownName = resumed.name();
      case Connection.Replaced replaced -> ownName = replaced.name();
      case Connection.Reconnecting _ -> {}
      case Connection.Closed _ -> {}
    }
    notices.changed(change);
    if (notices.endedBy() != null) {
      terminal.stop();
    }
  }

  @Override
  public void onServerError(MutiraoException error) {
    terminal.printError(Line.of(Tone.BAD, Failures.describe(terminal.texts(), error)));
  }

  @Override
  public void onDropped(int events) {
    terminal.complain("dropped", events);
  }
}
