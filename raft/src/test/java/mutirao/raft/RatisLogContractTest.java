package mutirao.raft;

import java.nio.file.Path;
import mutirao.core.Machine;
import mutirao.core.Settings;
import mutirao.core.image.StateImage;
import mutirao.core.log.Log;
import mutirao.core.log.LogContract;
import mutirao.raft.codec.EventHash;
import org.junit.jupiter.api.io.TempDir;

class RatisLogContractTest extends LogContract {
  @TempDir private Path folder;

  @Override
  protected Log create() throws Exception {
    return RatisLog.open(
        Rig.options(folder),
        new NoMachine(),
        fault -> {
          throw new AssertionError(fault);
        },
        System::currentTimeMillis);
  }

  private static final class NoMachine implements Replica {
    @Override
    public void run(Runnable work) {
      work.run();
    }

    @Override
    public EventHash hash() {
      throw new AssertionError("there is nobody to compare with");
    }

    @Override
    public Machine machine() {
      throw new AssertionError("nobody asks for what is not there");
    }

    @Override
    public void restore(StateImage image) {
      throw new AssertionError("there is nothing to restore");
    }

    @Override
    public StateImage image() {
      throw new AssertionError("nobody takes a snapshot of so little");
    }

    @Override
    public Settings settings() {
      return Rig.SETTINGS;
    }

    @Override
    public void use(Settings settings) {
      // Nobody here works by them.
    }
  }
}
