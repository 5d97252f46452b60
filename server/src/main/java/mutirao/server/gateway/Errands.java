package mutirao.server.gateway;

import mutirao.core.Command;
import mutirao.core.Refusal;
import mutirao.core.State;
import mutirao.core.account.Author;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.view.AccountList;
import mutirao.server.Chance;
import mutirao.server.access.Administration;
import mutirao.server.backup.Backups;
import mutirao.server.cluster.Cluster;
import mutirao.server.gateway.history.History;
import org.jspecify.annotations.Nullable;

/**
 * What is answered when it is ready, and not in the order of the questions: searches, backups, the
 * group of servers, users and tokens.
 */
final class Errands {
  private final Gateway gateway;
  private final Inbound inbound;
  private final Administration administration;

  Errands(Gateway gateway, Inbound inbound, Chance chance) {
    this.administration = new Administration(gateway.companions().hashing(), chance);
    this.gateway = gateway;
    this.inbound = inbound;
  }

  /** Answered when it is done: later frames need not wait for it. */
  void search(Peer peer, ClientFrame.Search search) {
    if (!peer.beginSearch()) {
      inbound.answer(peer, Problem.of(search.ref(), ErrorCode.OVERLOADED, "overloaded"));
      return;
    }
    boolean taken =
        gateway.read(
            peer,
            state -> search(peer, state, search),
            reply -> {
              if (reply instanceof Refusal refusal) {
                peer.refuse(refusal, search.ref(), null);
              }
              peer.endSearch();
            });
    if (!taken) {
      peer.refuse(Problem.of(search.ref(), ErrorCode.OVERLOADED, "overloaded"));
      peer.endSearch();
    }
  }

  private void search(Peer peer, State state, ClientFrame.Search search) {
    History.Asker asker = gateway.views().asker(state, peer.session(), search.room());
    if (asker == null) {
      peer.refuse(Inbound.unknownRoom(search.ref(), String.valueOf(search.room())));
      peer.endSearch();
      return;
    }
    gateway
        .companions()
        .history()
        .search(
            search,
            asker,
            answer -> {
              if (peer.registered()) {
                switch (answer) {
                  case History.Answer.Found(ServerFrame.Found found) -> peer.send(found);
                  case History.Answer.Refused(Problem problem) -> peer.refuse(problem);
                }
              }
              peer.endSearch();
            });
  }

  void cluster(Peer peer, ClientFrame.Cluster asked) {
    if (asked.action() != ClientFrame.ClusterAction.STATUS) {
      note(peer, "cluster_" + asked.action().wireName(), String.valueOf(asked.node()));
    }
    gateway
        .companions()
        .cluster()
        .handle(
            asked,
            asked.ref(),
            answer -> {
              if (peer.registered()) {
                switch (answer) {
                  case Cluster.Answer.Group(ServerFrame.ClusterState state) -> peer.send(state);
                  case Cluster.Answer.Refused(String why) ->
                      peer.refuse(
                          Problem.of(
                              asked.ref(), ErrorCode.UNAVAILABLE, "unavailable.cluster", why));
                }
              }
            });
  }

  void account(Peer peer, ClientFrame.Account asked) {
    inbound.read(peer, asked, state -> account(peer, state, asked));
  }

  private void account(Peer peer, State state, ClientFrame.Account asked) {
    administration.begin(
        state,
        asked,
        author(peer),
        step -> {
          if (peer.registered()) {
            switch (step) {
              case Administration.Step.Tell(AccountList list) ->
                  peer.send(new ServerFrame.Accounts(asked.ref(), list));
              case Administration.Step.Busy() ->
                  peer.refuse(Problem.of(asked.ref(), ErrorCode.OVERLOADED, "overloaded.logins"));
              case Administration.Step.Propose(Command command, @Nullable String secret) ->
                  inbound.propose(
                      peer,
                      asked.ref(),
                      command,
                      _ ->
                          peer.send(
                              new ServerFrame.Accounts(
                                  asked.ref(),
                                  Administration.made(gateway.state(), command, secret))));
            }
          }
        });
  }

  void backup(Peer peer, ClientFrame.Backup asked) {
    if (asked.offset() == null) {
      note(peer, "backup", gateway.config().node());
      // Whatever was confirmed before, by whichever server, is in it.
      inbound.read(peer, asked, _ -> handOut(peer, asked));
    } else {
      handOut(peer, asked);
    }
  }

  private void handOut(Peer peer, ClientFrame.Backup asked) {
    gateway
        .companions()
        .backups()
        .handle(
            peer.origin().connection(),
            asked,
            answer -> {
              if (peer.registered()) {
                switch (answer) {
                  case Backups.Answer.Part(ServerFrame.BackupPart part) -> peer.send(part);
                  case Backups.Answer.Refused(String why) ->
                      peer.refuse(
                          Problem.of(
                              asked.ref(), ErrorCode.UNAVAILABLE, "unavailable.backup", why));
                }
              }
            });
  }

  /** Puts on record what does not change any user. */
  private void note(Peer peer, String what, String about) {
    gateway.propose(new Command.NoteDeed(author(peer), what, about));
  }

  private static Author author(Peer peer) {
    return new Author(peer.session(), peer.transport().remote());
  }
}
