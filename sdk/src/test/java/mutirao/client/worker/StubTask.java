package mutirao.client.worker;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mutirao.client.OperationException;
import mutirao.client.TaskContext;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/** A task that consists of its params, to try an operation without a server. */
public record StubTask(RawJson rawParams) implements TaskContext {

  @Override
  public String taskId() {
    return "t1";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public String operation() {
    return "op";
  }

  @Override
  public String submitter() {
    return "ana";
  }

  @Override
  public @Nullable String traceparent() {
    return null;
  }

  @Override
  public Duration timeout() {
    return Duration.ofMinutes(1);
  }

  @Override
  public @Nullable Object params() {
    return new Params(rawParams).value();
  }

  @Override
  public Map<String, @Nullable Object> fields() throws OperationException {
    return new Params(rawParams).fields();
  }

  @Override
  public String text(String field) throws OperationException {
    return new Params(rawParams).text(field);
  }

  @Override
  public BigDecimal number(String field) throws OperationException {
    return new Params(rawParams).number(field);
  }

  @Override
  public List<BigDecimal> numbers(String field) throws OperationException {
    return new Params(rawParams).numbers(field);
  }

  @Override
  public void progress(double percent, @Nullable String message) {}

  @Override
  public void keepAlive() {}

  @Override
  public boolean isCancelled() {
    return false;
  }
}
