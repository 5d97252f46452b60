package mutirao.raft.version;

import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;

/** What a state machine is asked and answers without a look at its state. */
public abstract class VersionedMachine extends BaseStateMachine {
  private final Message versions;

  /** Of a program of these versions. */
  protected VersionedMachine(Versions own) {
    this.versions = Message.valueOf(ByteString.copyFrom(own.toBytes()));
  }

  /** Asked when this server has all that was committed before the question. */
  @Override
  public CompletableFuture<Message> query(Message request) {
    return CompletableFuture.completedFuture(Message.EMPTY);
  }

  /** Asked by servers that want to know of which versions this one is. */
  @Override
  public CompletableFuture<Message> queryStale(Message request, long minIndex) {
    return CompletableFuture.completedFuture(versions);
  }

  /** The leader has a snapshot for this server, which lacks entries that nobody has any more. */
  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }
}
