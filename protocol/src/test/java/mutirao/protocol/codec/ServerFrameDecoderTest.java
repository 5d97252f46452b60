package mutirao.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server may be younger than the client, or broken. */
final class ServerFrameDecoderTest {
  private static final ServerFrame BYE = new ServerFrame.Bye(null, null);

  @Test
  void framesOfUnknownTypesArePassedOver() {
    assertEquals(
        List.of(BYE), Heard.fromServer("{\"type\":\"wave\",\"ref\":1}\n{\"type\":\"bye\"}\n").all);
  }

  @Test
  void fieldsThatAreUnknownArePassedOver() {
    assertEquals(List.of(BYE), Heard.fromServer("{\"new\":{\"x\":[1]},\"type\":\"bye\"}").all);
  }

  @Test
  void anUnknownErrorCodePromisesNothing() {
    ServerFrame.Error error =
        (ServerFrame.Error)
            Heard.fromServer("{\"type\":\"error\",\"code\":\"melted\",\"message\":\"m\"}")
                .all
                .getFirst();
    assertEquals(ErrorCode.INTERNAL, error.code());
    assertEquals(false, error.code().definite());
  }

  @Test
  void anUnknownRoleIsAClient() {
    assertEquals(
        List.of(
            new ServerFrame.ClientList(
                null, List.of(new ServerFrame.Presence("a", Role.CLIENT)), 1, 5)),
        Heard.fromServer(
                "{\"type\":\"client_list\",\"clients\":[\"a\"],\"details\":[{\"name\":\"a\",\"role\":\"king\"}],\"timestamp\":5}")
            .all);
  }

  @Test
  void nullIsAResultAndNoError() {
    assertEquals(
        List.of(new ServerFrame.Result("t", "done", RawJson.of("null"), null, null, 1, 0, 0)),
        Heard.fromServer(
                "{\"type\":\"result\",\"task\":\"t\",\"state\":\"done\",\"result\":null,\"error\":null,"
                    + "\"worker\":null,\"attempt\":1,\"queued_ms\":0,\"run_ms\":0}")
            .all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type      | {}",
        "task      | {\"type\":\"cancel\",\"attempt\":1}",
        "attempt   | {\"type\":\"cancel\",\"task\":\"t\",\"attempt\":\"1\"}",
        "timestamp | {\"type\":\"pong\"}",
        "message   | {\"type\":\"error\",\"code\":\"internal\"}",
        "members   | {\"type\":\"joined\",\"room\":\"r\",\"seq\":1}",
        "members   | {\"type\":\"joined\",\"room\":\"r\",\"seq\":1,\"members\":[1]}",
        "workers   | {\"type\":\"worker_list\",\"workers\":{}}",
        "workers   | {\"type\":\"worker_list\",\"workers\":[1]}",
        "name      | {\"type\":\"worker_list\",\"workers\":[{\"operations\":[]}]}",
        "seq       |"
            + " {\"type\":\"history\",\"room\":\"r\",\"messages\":[{\"sender\":\"a\",\"message\":\"m\"}]}",
        "more      | {\"type\":\"task_list\",\"tasks\":[],\"more\":1}",
      })
  void whatIsMissingOrWrongIsAProblem(String field, String line) {
    Problem problem = Heard.fromServer(line + "\n").problems().getFirst();
    assertEquals(ErrorCode.INVALID, problem.code());
    assertEquals(field, problem.field());
  }
}
